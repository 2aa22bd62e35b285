from odoo.tests import tagged

from ..common import KitchenCase

#: A value that a default could have, by type of field.
VALUES = {
    "boolean": True,
    "char": "forged",
    "text": "forged",
    "integer": 7,
    "float": 7.0,
    "date": "2026-01-01",
    "datetime": "2026-01-01 00:00:00",
}


@tagged("post_install", "-at_install")
class TestOwnDefaults(KitchenCase):
    """What our methods alone say is nobody's default."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = cls.user(
            "clerk", "stock.group_stock_user", "batch_tracking.group_batch_user"
        )

    def keep_default(self, model, name, value):
        defaults = self.env["ir.default"].with_user(self.clerk)
        defaults.set(model, name, value, user_id=True)

    def receive_as_clerk(self, **context):
        lots = self.env["stock.lot"].with_user(self.clerk).with_context(**context)
        return lots.create({"product_id": self.chickpeas.id, "name": "CP-NEW"}).sudo()

    def test_a_clerk_does_not_say_that_an_inspection_holds_a_batch(self):
        self.keep_default("stock.lot", "is_held_by_inspection", True)
        lot = self.receive_as_clerk(default_is_held_by_inspection=True)
        self.assertFalse(lot.is_held_by_inspection)

    def test_nor_that_nobody_has_decided_about_its_dates(self):
        for name in ("is_date_undecided", "is_expired_by_date"):
            self.keep_default("stock.lot", name, True)
        lot = self.receive_as_clerk(
            default_is_date_undecided=True, default_is_expired_by_date=True
        )
        self.assertFalse(lot.is_date_undecided or lot.is_expired_by_date)

    def test_nor_by_which_decision_it_is_held(self):
        lot = self.receive(self.chickpeas, "CP-1", 1)
        decision = self.env["stock.lot.decision"]._decide(
            lot, self.disposition("hold"), "Stones"
        )
        self.keep_default("stock.lot", "decision_id", decision.id)
        new = self.receive_as_clerk(default_decision_id=decision.id)
        self.assertFalse(new.decision_id)

    def test_nor_who_approved_what_he_decides(self):
        lot = self.receive(self.chickpeas, "CP-1", 1)
        forged = {
            "approver_id": self.env.uid,
            "document_name": "RECALL/1",
            "has_ended": True,
        }
        for name, value in forged.items():
            self.keep_default("stock.lot.decision", name, value)
        decisions = self.env["stock.lot.decision"].with_user(self.clerk)
        decisions = decisions.with_context(
            **{f"default_{name}": value for name, value in forged.items()}
        )
        decision = decisions._decide(
            lot.with_env(decisions.env), self.disposition("hold"), "Stones"
        ).sudo()
        self.assertFalse(
            decision.approver_id or decision.document_name or decision.has_ended
        )

    def test_no_default_of_any_field_that_only_methods_fill(self):
        tried = 0
        for model in self.env.values():
            if model._abstract or model._transient:
                continue
            for name in sorted(model._own_fields()):
                field = model._fields[name]
                if field.type not in VALUES:
                    continue
                own = model.default_get([name])
                value = VALUES[field.type]
                self.env["ir.default"].set(model._name, name, value, user_id=True)
                asked = model.with_context(**{f"default_{name}": value})
                self.assertEqual(asked.default_get([name]).keys(), own.keys(), name)
                tried += 1
        self.assertGreater(tried, 100)

    def test_other_defaults_are_kept(self):
        self.keep_default("stock.lot", "note", "<p>From the south gate</p>")
        lot = self.receive_as_clerk(default_ref="R-1")
        self.assertEqual((str(lot.note), lot.ref)[1], "R-1")
        self.assertIn("south gate", lot.note)
