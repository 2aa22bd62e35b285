from freezegun import freeze_time

from odoo.tests import tagged

from ..inspection.inspection_case import InspectionCase


@tagged("post_install", "-at_install")
class TestCertificateVerdict(InspectionCase):
    """Chickpeas are looked at, held, released, split: what their certificate says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulses = cls.plan(moment="demand")
        cls.lab = cls.user("lab", "batch_tracking.group_batch_user")
        cls.quinn = cls.user("quinn", "batch_tracking.group_quality_manager")
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 100)

    def day(self, number):
        return freeze_time(f"2027-03-{number:02} 15:00:00")

    def look(self, lot, moisture, plan=None):
        found = self.inspection(lot, plan or self.pulses)
        return self.inspect(found, self.lab, Moisture=moisture)

    def decide(self, lot, code, why):
        lots = lot.with_user(self.quinn)
        lots.env["stock.lot.decision"]._decide(lots, self.disposition(code), why)

    def verdict(self, lot):
        self.env.invalidate_all()
        certificate = lot._certificate()
        return certificate["verdict"], certificate["is_good"]

    def operate(self, kind, taken, **values):
        operations = self.env["stock.lot.operation"]
        goods = self.env["stock.quant"].search(
            [("lot_id", "in", taken.ids), ("location_id", "=", self.stock.id)]
        )
        wizard = self.env["stock.lot.operate"].create(
            {"kind": kind, "lot_ids": goods.lot_id.ids, **values}
        )
        operation = operations.browse(wizard.apply()["res_id"])
        return operation.made_line_ids.lot_id

    def split_off(self, lot, quantity, name):
        part = {"quantity": quantity, "name": name}
        return self.operate("split", lot, target_ids=[(0, 0, part)])

    # -- days

    def test_days_are_those_of_the_batchs_company_whoever_prints(self):
        lot = self.make_lot(self.hummus, "H-1", company_id=self.company.id)
        lot.expiration_date = "2026-12-31 04:59:59"
        label = lot._label_day("expiration_date")
        self.assertEqual(label, "261230")
        for zone in ("America/New_York", "UTC", "Europe/Paris", "Pacific/Auckland"):
            with self.subTest(zone):
                facts = dict(lot.with_context(tz=zone)._certificate_facts())
                self.assertEqual(facts["Expires on"], "12/30/2026")

    def test_the_day_of_an_inspection_is_the_companys(self):
        with freeze_time("2027-03-02 02:00:00"):
            found = self.look(self.raw, 12)
        for zone in ("UTC", "Pacific/Auckland"):
            self.assertIn("03/01/2027", found.with_context(tz=zone)._signed())

    # -- failures

    def test_a_failure_is_told_though_it_passed_later(self):
        with self.day(1):
            failed = self.look(self.raw, 15)
        with self.day(2):
            self.look(self.raw, 12)
        self.assertIn("not released: On hold", self.verdict(self.raw)[0])
        with self.day(3):
            self.decide(self.raw, "released", "The second sample was fine")
        verdict, is_good = self.verdict(self.raw)
        self.assertIn(f"An inspection of this batch failed ({failed.name})", verdict)
        self.assertIn("released all the same: quinn", verdict)
        self.assertIn("03/03/2027. Reason: The second sample was fine", verdict)
        self.assertFalse(is_good)

    # -- who released it

    def test_who_released_it_is_who_did_so_last(self):
        with self.day(1):
            self.look(self.raw, 12)
        verdict, is_good = self.verdict(self.raw)
        self.assertRegex(verdict, r"and is released: lab.*03/01/2027")
        self.assertTrue(is_good)
        with self.day(2):
            self.decide(self.raw, "hold", "A complaint")
        with self.day(5):
            self.decide(self.raw, "released", "Unfounded")
        verdict, is_good = self.verdict(self.raw)
        self.assertRegex(verdict, r"and is released: quinn.*03/05/2027")
        self.assertTrue(is_good)

    # -- open ones

    def test_an_open_inspection_is_no_good_certificate(self):
        self.look(self.raw, 12)
        other = self.inspection(self.raw, self.plan(name="Other", moment="demand"))
        verdict, is_good = self.verdict(self.raw)
        self.assertIn(f"not complete: {other.name} is still open", verdict)
        self.assertFalse(is_good)
        self.inspect(other, self.lab, Moisture=12)
        self.assertTrue(self.verdict(self.raw)[1])

    # -- the same goods under other numbers

    def test_goods_split_off_show_what_was_found_in_them_before(self):
        with self.day(1):
            found = self.look(self.raw, 12)
        with self.day(2):
            part = self.split_off(self.raw, 40, "CP-1a")
        certificate = part._certificate()
        [shown] = certificate["inspections"]
        self.assertEqual((shown["name"], shown["of"]), (found.name, "CP-1"))
        self.assertRegex(certificate["verdict"], r"and is released: lab.*03/01/2027")
        again = self.operate("relabel", part, name="CP-1b")
        self.assertTrue(self.verdict(again)[1])
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            "batch_tracking.report_stock_lot_certificate", again.ids
        )
        page = " ".join(html.decode().split())
        self.assertIn(f"Inspection {found.name} of batch CP-1:", page)

    def test_a_failure_follows_the_goods(self):
        with self.day(1):
            failed = self.look(self.raw, 15)
        with self.day(2):
            self.decide(self.raw, "released", "For animals")
        with self.day(3):
            part = self.split_off(self.raw, 40, "CP-1a")
        with self.day(4):
            self.decide(self.raw, "hold", "Stop")
        verdict, is_good = self.verdict(part)
        self.assertIn(f"does not meet its specification ({failed.name})", verdict)
        self.assertRegex(verdict, r"quinn.*, 03/02/2027. Reason: For animals")
        self.assertFalse(is_good)

    def test_what_is_asked_of_the_rest_later_is_not_open_for_what_had_left(self):
        with self.day(1):
            self.look(self.raw, 12)
        with self.day(2):
            part = self.split_off(self.raw, 40, "CP-1a")
        with self.day(3):
            self.inspection(self.raw, self.plan(name="Other", moment="demand"))
        self.assertFalse(self.verdict(self.raw)[1])
        self.assertTrue(self.verdict(part)[1])

    def test_a_mixture_is_as_good_as_all_that_was_mixed(self):
        other = self.receive(self.chickpeas, "CP-2", 50)
        with self.day(1):
            self.look(self.raw, 12)
        with self.day(2):
            mixed = self.operate("merge", self.raw | other, name="CP-M")
        verdict, is_good = self.verdict(mixed)
        self.assertIn("Not all of this batch has been inspected: CP-2", verdict)
        self.assertFalse(is_good)
        with self.day(3):
            self.look(mixed, 12)
        self.assertTrue(self.verdict(mixed)[1])
