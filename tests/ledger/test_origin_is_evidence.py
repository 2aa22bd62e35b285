"""Where goods come from is evidence, on the batch as on the line that brought it."""

from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...models.ledger.exceptions import (
    DoneLineIsEvidenceError,
    OriginIsEvidenceError,
)
from .ledger_case import LedgerCase

WHY = "The label says otherwise"
TEXTS = {"char", "text"}


@tagged("post_install", "-at_install")
class TestOriginIsEvidence(LedgerCase):
    """BAD is recalled; a good batch is free. Both came from the same supplier."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.receive(cls.hummus, "GOOD", 5)
        cls.manager = cls.user("quality", "batch_tracking.group_quality_manager")
        cls.known = {
            "supplier_id": cls.supplier.id,
            "supplier_lot_name": "S-1",
            "origin_country_id": cls.env.ref("base.us").id,
            "production_date": "2026-11-02",
            "production_line": "LINE1",
            "production_warehouse_id": cls.warehouse.id,
            "ref": "R-1",
        }
        cls.told = {
            "supplier_id": cls.market.id,
            "supplier_lot_name": "S-2",
            "origin_country_id": cls.env.ref("base.fr").id,
            "production_date": "2026-11-03",
            "production_line": "LINE2",
            "production_warehouse_id": False,
            "ref": "R-2",
        }
        (cls.bad | cls.good).write(cls.known)
        cls.env.flush_all()

    def refuse(self, lot, values, refusal=OriginIsEvidenceError):
        events = len(lot.event_ids)
        with self.assertRaises(refusal), self.env.cr.savepoint():
            lot.write(values)
        self.env.invalidate_all()
        self.assertEqual(len(lot.sudo().event_ids), events)

    def test_all_of_it_is_tried(self):
        lots = self.env["stock.lot"]
        self.assertEqual(lots._origin_fields(), self.told.keys())
        self.assertLessEqual(lots._origin_fields(), lots._audited_fields().keys())

    def test_of_a_recalled_batch_a_clerk_changes_none_of_it(self):
        for name, value in self.told.items():
            for new in {value, False}:
                with self.subTest(name=name, new=new):
                    self.refuse(self.as_clerk(self.bad), {name: new})
                    because = self.as_clerk(self.bad, batch_reason=WHY)
                    self.refuse(because, {name: new})

    def test_of_what_is_recalled_nobody_fills_in_what_was_not_known(self):
        self.bad.sudo().supplier_lot_name = False
        self.refuse(self.as_clerk(self.bad), {"supplier_lot_name": "S-2"})

    def test_of_what_an_open_recall_reaches_neither(self):
        self.deliver(self.hummus, 1, self.market, lot=self.good)
        self.env["stock.recall"]._launch(self.good, "Stones")
        self.good.disposition_id = self.disposition("released")
        self.refuse(self.as_clerk(self.good), {"supplier_lot_name": "S-2"})

    def test_what_nobody_knew_of_held_goods_is_filled_in_with_an_event(self):
        self.good.write({"supplier_lot_name": False})
        self.good._set_disposition(self.disposition("quarantine"), "To look at")
        self.as_clerk(self.good).supplier_lot_name = "S-3"
        self.assertEqual(self.good.event_ids.sorted("id")[-1].new_value, "S-3")
        self.refuse(self.as_clerk(self.good), {"supplier_lot_name": "S-4"})

    def test_quality_corrects_it_with_a_reason(self):
        lot = self.bad.with_user(self.manager)
        for name, value in self.told.items():
            with self.subTest(name):
                self.refuse(lot, {name: value})
                lot.write({name: value, "correction_reason": WHY})
                event = self.bad.event_ids.sorted("id")[-1]
                self.assertEqual((event.reason, event.user_id), (WHY, self.manager))

    def test_the_screen_of_the_batch_takes_the_reason(self):
        with Form(self.bad.with_user(self.manager)) as form:
            form.ref = "R-9"
            form.correction_reason = WHY
        event = self.bad.event_ids.sorted("id")[-1]
        told = (event.old_value, event.new_value, event.reason)
        self.assertEqual(told, ("R-1", "R-9", WHY))

    def test_of_a_free_batch_each_change_is_told(self):
        for name, value in self.told.items():
            with self.subTest(name):
                before = self.good._as_text(name)
                self.as_clerk(self.good).write({name: value})
                event = self.good.event_ids.filtered(
                    lambda e, was=before: (
                        e.old_value == was
                        and e.kind == "properties"
                        or e.old_value == was
                        and e.kind == "dates"
                    )
                )
                self.assertIn(self.good._as_text(name), event.mapped("new_value"))
                self.assertEqual(event.user_id, self.clerk)


@tagged("post_install", "-at_install")
class TestDatesOfDoneLines(LedgerCase):
    """What a receipt told of dates and numbers is evidence like what it moved."""

    CHANGES = {
        "expiration_date": "2030-01-01 12:00:00",
        "removal_date": "2030-01-01 12:00:00",
        "production_date": "2020-01-01",
        "supplier_lot_name": "S-9",
    }

    def test_of_held_goods_they_stay(self):
        line = self.as_clerk(self.receipt_line)
        for name, value in self.CHANGES.items():
            with self.subTest(name), self.assertRaises(DoneLineIsEvidenceError):
                line.write({name: value})

    def test_of_free_goods_they_leave_an_event(self):
        good = self.receive(self.hummus, "GOOD", 5)
        line = self.as_clerk(good.quant_ids.lot_id.env["stock.move.line"]).search(
            [("lot_id", "=", good.id)]
        )
        for name, value in self.CHANGES.items():
            with self.subTest(name):
                line.write({name: value})
                event = good.event_ids.sorted("id")[-1]
                self.assertEqual((event.kind, event.new_value), ("correction", value))
                self.assertEqual(event.user_id, self.clerk)


@tagged("post_install", "-at_install")
class TestDoneScraps(LedgerCase):
    """A scrap that is done stays so, and says for good what was scrapped."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.receive(cls.hummus, "GOOD", 5)
        cls.scrapped = cls.scrap_of(2)
        cls.scrapped.action_validate()
        cls.env.flush_all()

    @classmethod
    def scrap_of(cls, quantity, **values):
        return cls.env["stock.scrap"].create(
            {
                "product_id": cls.hummus.id,
                "lot_id": cls.good.id,
                "scrap_qty": quantity,
                **values,
            }
        )

    def test_it_is_done_as_ever(self):
        self.assertEqual(self.scrapped.state, "done")
        self.assertTrue(self.scrapped.date_done)
        self.assertEqual(self.good.product_qty, 3)

    def test_it_tells_nothing_else(self):
        scrap = self.as_clerk(self.scrapped)
        for name, value in {
            "state": "draft",
            "lot_id": self.bad.id,
            "product_id": self.chickpeas.id,
            "scrap_qty": 1,
            "location_id": self.customers.id,
            "scrap_location_id": self.stock.id,
            "date_done": "2020-01-01 12:00:00",
            "owner_id": self.market.id,
        }.items():
            with self.subTest(name):
                before = scrap[name]
                self.assert_refused(lambda n=name, v=value: scrap.write({n: v}))
                self.assertEqual(scrap[name], before)

    def test_what_it_says_already_may_be_written(self):
        self.as_clerk(self.scrapped).write(
            {"lot_id": self.good.id, "scrap_qty": 2, "state": "done", "origin": "Note"}
        )

    def test_it_is_not_deleted(self):
        self.assert_refused(self.as_clerk(self.scrapped, _force_unlink=True).unlink)

    def test_none_is_called_done(self):
        scrap = self.as_clerk(self.scrap_of(1))
        self.assert_refused(lambda: scrap.write({"state": "done"}))
        with self.assertRaises(UserError):
            scrap.with_context(default_state="done").create(
                {"product_id": self.hummus.id, "lot_id": self.good.id}
            )
