from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..inspection.inspection_case import DOT, InspectionCase

LOT = "batch_tracking.report_stock_lot_certificate"
FAMILY = "batch_tracking.report_stock_lot_certificate_family"
DELIVERY = "batch_tracking.report_stock_picking_certificate"


@tagged("post_install", "-at_install")
class TestCertificate(InspectionCase):
    """Hummus is inspected, and its chickpeas were; a customer wants to read it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan(cls.moisture(), cls.stones())
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 100)
        cls.inspect(cls.raw.inspection_ids, Moisture=12, Free_of_stones="pass")
        cls.plan(
            cls.moisture(
                name="Acidity",
                unit="pH",
                limits="both",
                lower=3.8,
                upper=4.6,
                method="ISO 2917",
                sample_size=3,
            ),
            {"name": "Secret remark", "kind": "text", "is_on_certificate": False},
            name="Hummus",
            product_id=cls.hummus.id,
            moment="production",
        )
        cls.pot = cls.produce(cls.hummus, "H-1", 100, uses=[(cls.raw, 30)])
        cls.looked_at = cls.pot.inspection_ids
        cls.clerk = cls.user("clerk")

    def finish(self, *acidity):
        values = list(acidity) or [4.1, 4.2, 4.3]
        return self.inspect(
            self.looked_at, self.clerk, Acidity=values, Secret_remark="x-secret-x"
        )

    def page(self, report, records):
        html, _kind = self.env["ir.actions.report"]._render_qweb_html(
            report, records.ids
        )
        return " ".join(html.decode().split())

    def test_it_says_how_much_it_is_of(self):
        self.finish()
        self.deliver(self.hummus, 40, self.bistro, lot=self.pot)
        unit = self.hummus.uom_id.name
        facts = dict(self.pot._certificate()["facts"])
        self.assertEqual(facts["Quantity"], f"100 {unit}")
        delivery = self.pot.delivery_ids
        [certificate] = delivery._certificates()
        self.assertEqual(dict(certificate["facts"])["Quantity"], f"40 {unit}")

    def test_it_states_what_was_asked_and_found(self):
        self.finish()
        page = self.page(LOT, self.pot)
        for text in (
            "Certificate of analysis",
            "H-1",
            "Hummus",
            "Acidity",
            "ISO 2917",
            "3.8 to 4.6 pH",
            "4.1; 4.2; 4.3 (mean 4.2)",
            "Passed",
            self.company.name,
            "meets its specification",
            self.clerk.name,
            self.looked_at.name,
        ):
            self.assertIn(text, page)
        self.assertNotIn("x-secret-x", page)
        self.assertNotIn("CP-1", page)

    def test_ingredients_are_there_if_wanted_without_their_supplier(self):
        self.finish()
        page = self.page(FAMILY, self.pot)
        for text in ("Ingredients", "Chickpeas", "CP-1", "at most 13 %"):
            self.assertIn(text, page)
        self.assertNotIn(self.supplier.name, page)

    def test_a_failure_is_stated(self):
        self.finish(4.1, 4.9, 4.2)
        page = self.page(LOT, self.pot)
        self.assertIn("Failed", page)
        self.assertIn("not released: On hold", page)
        self.assertNotIn("meets its specification", page)

    def test_a_release_in_spite_of_a_failure_says_who_when_and_why(self):
        self.finish(4.1, 4.9, 4.2)
        quality = self.user("quality", "batch_tracking.group_quality_manager")
        pot = self.pot.with_user(quality)
        pot.env["stock.lot.decision"]._decide(
            pot, self.disposition("released"), "The meter was wrong"
        )
        page = self.page(LOT, self.pot)
        self.assertNotIn("not released", page)
        self.assertIn(f"does not meet its specification ({self.looked_at.name})", page)
        self.assertRegex(page, r"released all the same: quality.*The meter was wrong")
        self.assertNotIn("and is released", page)

    def test_a_failure_that_holds_nothing_is_stated(self):
        self.looked_at.plan_id.fail_disposition_id = self.disposition("released")
        self.finish(4.1, 4.9, 4.2)
        page = self.page(LOT, self.pot)
        self.assertIn("does not meet its specification", page)
        self.assertIn("is not held for it", page)

    def test_a_deviation_is_stated_with_its_reason(self):
        self.finish(4.1, 4.9, 4.2)
        quality = self.user("quality", "batch_tracking.group_quality_manager")
        self.looked_at.with_user(quality)._accept("For the pizza kitchen only")
        page = self.page(LOT, self.pot)
        self.assertIn("Accepted by deviation: Acidity: 4.9 pH", page)
        self.assertIn("For the pizza kitchen only", page)
        self.assertIn("released by deviation: quality", page)
        self.assertNotIn("meets its specification", page)

    def test_without_a_completed_inspection_it_says_so(self):
        page = self.page(LOT, self.pot)
        self.assertIn("No inspection of this batch has been completed", page)

    def test_a_photo_is_printed(self):
        plan = self.plan({"name": "Label", "kind": "photo"}, name="Label")
        lot = self.make_lot(self.chickpeas, "CP-7")
        self.inspect(self.inspection(lot, plan), Label=DOT)
        page = self.page(LOT, lot)
        self.assertRegex(page, r'<img alt="Photo"[^>]* src="data:image/png;base64')

    def test_what_was_typed_cannot_inject_anything(self):
        self.finish()
        self.pot.name = "<script>alert(1)</script>"
        self.assertNotIn("<script>alert", self.page(LOT, self.pot))

    def test_of_a_plan_the_last_inspection_counts(self):
        self.finish(4.1, 4.9, 4.2)
        again = self.inspection(self.pot, self.looked_at.plan_id)
        self.inspect(again, Acidity=[4.1, 4.1, 4.1], Secret_remark="-")
        page = self.page(LOT, self.pot)
        self.assertIn(again.name, page)
        self.assertNotIn("4.9", page)

    # -- with a delivery

    def deliver_some(self):
        self.finish()
        return self.deliver(self.hummus, 12, self.market, lot=self.pot)

    def test_a_delivery_prints_one_for_each_lot(self):
        delivery = self.deliver_some()
        page = self.page(DELIVERY, delivery)
        for text in ("12 Units", delivery.name, self.market.name, "H-1"):
            self.assertIn(text, page)
        told = delivery.with_context(discard_logo_check=True)
        report = told.action_print_certificates()
        self.assertEqual(report["report_name"], DELIVERY)
        with self.assertRaisesRegex(UserError, "no batches"):
            self.env["stock.picking"].action_print_certificates()

    def attached(self, delivery):
        files = delivery.message_ids.attachment_ids
        return files.filtered(lambda file: file.name.startswith("Certificates"))

    def test_the_mail_brings_it_if_the_customer_wants(self):
        self.company.stock_move_email_validation = True
        self.market.email = "orders@corner.example"
        self.assertFalse(self.attached(self.deliver_some()))
        self.market.batch_certificate = "ingredients"
        second = self.deliver(self.hummus, 5, self.market, lot=self.pot)
        file = self.attached(second)
        self.assertRegex(file.name, r"^Certificates of .*\.(pdf|html)$")
        is_pdf = file.name.endswith(".pdf")
        self.assertIn(b"%PDF" if is_pdf else self.market.name.encode(), file.raw)

    def test_an_address_follows_its_company(self):
        self.market.batch_certificate = "batch"
        shop = self.make_partner("Shop 7", parent_id=self.market.id, type="delivery")
        self.finish()
        delivery = self.deliver(self.hummus, 5, shop, lot=self.pot)
        self.assertEqual(delivery._certificate_wanted(), "batch")
        shop.batch_certificate = "none"
        self.assertEqual(delivery._certificate_wanted(), "none")

    def test_goods_leave_even_if_the_printer_is_broken(self):
        self.company.stock_move_email_validation = True
        # Core's own paper is another story.
        self.company.stock_mail_confirmation_template_id.report_template_ids = False
        self.market.write({"email": "o@corner.example", "batch_certificate": "batch"})
        self.finish()
        broken = UserError("no wkhtmltopdf")
        reports = type(self.env["ir.actions.report"])
        with patch.object(reports, "_render_qweb_pdf", side_effect=broken):
            delivery = self.deliver(self.hummus, 5, self.market, lot=self.pot)
        self.assertEqual(delivery.state, "done")
        bodies = " ".join(str(message.body) for message in delivery.message_ids)
        self.assertIn("could not be printed: no wkhtmltopdf", bodies)
