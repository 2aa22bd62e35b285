from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .operation_case import OperationCase


@tagged("post_install", "-at_install")
class TestFollow(OperationCase):
    """What changes on a batch can be handed on to its sub-batches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pot = cls.make_product("Hummus, pot")

    def setUp(self):
        super().setUp()
        self.part = self.made(self.operate("split", self.lot, parts=[(40, "H-1A")]))
        self.pots = self.made(
            self.operate(
                "repack",
                self.part,
                product_id=self.pot.id,
                made_quantity=80,
                name="P-1",
            )
        )
        self.dish = self.produce(self.mash, "M-9", 1, uses=[(self.lot, 2)])

    def follow(self, **values):
        return self.env["stock.lot.follow"].create({"lot_id": self.lot.id, **values})

    def test_changes_are_previewed(self):
        before = self.part.use_date
        self.lot.write({"use_date": "2027-01-31 12:00:00"})
        wizard = self.follow(with_disposition=False)
        old = self.part._as_text("use_date")
        self.assertEqual(
            {
                (row.lot_id.name, row.old_value, row.new_value)
                for row in wizard.change_ids
            },
            {(name, old, "2027-01-31 12:00:00") for name in ("H-1A", "P-1")},
        )
        self.assertEqual(self.part.use_date, before)

    def test_dates_and_disposition_are_handed_on(self):
        self.lot.write({"use_date": "2027-01-31 12:00:00"})
        self.lot._set_disposition(self.disposition("hold"), "Smells odd")
        self.follow(reason="The whole cook").apply()
        for lot in self.part | self.pots:
            self.assertEqual(lot.use_date, self.lot.use_date)
            self.assertEqual(lot.disposition_id, self.disposition("hold"))
            events = lot.event_ids.filtered(lambda event: event.kind != "operation")
            self.assertEqual(set(events.mapped("reason")), {"The whole cook"})
            self.assertEqual(set(events.mapped("kind")), {"dates", "disposition"})
        # What was made of it is another thing, and not touched.
        self.assertEqual(self.dish.disposition_id, self.disposition("released"))

    def test_properties_go_to_the_same_product_only(self):
        self.hummus.lot_properties_definition = [
            {"name": "abcdef1234567890", "string": "Flavour", "type": "char"}
        ]
        self.lot.lot_properties = {"abcdef1234567890": "Garlic"}
        wizard = self.follow(
            with_dates=False,
            with_disposition=False,
            with_properties=True,
            reason="Told",
        )
        self.assertEqual(wizard.change_ids.mapped("lot_id"), self.part)
        wizard.apply()
        self.assertEqual(dict(self.part.lot_properties)["abcdef1234567890"], "Garlic")
        [event] = self.part.event_ids.filtered(lambda e: e.kind == "properties")
        self.assertEqual(event.new_value, "Flavour: Garlic")

    def test_a_reason_is_needed(self):
        with self.assertRaisesRegex(UserError, "Say why"):
            self.follow().apply()

    def test_releasing_sub_batches_takes_the_quality_right(self):
        everything = self.lot | self.part | self.pots
        everything._set_disposition(self.disposition("hold"), "Smells odd")
        self.lot._set_disposition(self.disposition("released"), "Fine")
        wizard = self.follow(reason="Fine")
        sam = self.user("sam")
        # Each has a screen of one's own: this one becomes Sam's.
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_lot_follow SET create_uid = %s WHERE id = %s",
            [sam.id, wizard.id],
        )
        self.env.cr.execute(
            "UPDATE stock_lot_follow_change SET create_uid = %s", [sam.id]
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(AccessError, "quality manager"):
            wizard.with_user(sam).apply()
        self.assertEqual(self.part.disposition_id, self.disposition("hold"))

    def test_a_lot_without_sub_batches_changes_nothing(self):
        self.assertFalse(self.follow().change_ids)
