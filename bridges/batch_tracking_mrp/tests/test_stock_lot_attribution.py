from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from odoo.addons.batch_tracking.models.genealogy.exceptions import (
    NotUsedError,
    OverAttributedError,
)

from .common import SerialCase


@tagged("post_install", "-at_install")
class TestSerials(SerialCase):
    """Somebody says which motor is in which pump."""

    def test_without_attribution_either_unit_may_have_it(self):
        first, second = self.build()
        expected = {
            "CX1": (0.5, "production", "possible"),
            "CX2": (0.5, "production", "possible"),
            "S-1": (4, "production", "proportional"),
        }
        self.assertEqual(self.links(first), expected)
        self.assertEqual(self.links(second), expected)

    def attribute(self, pumps, unit_of, reason="Seen on the bench"):
        """Say by the wizard ``{component's number: unit}`` and return it."""
        wizard = self.env["stock.lot.attribute"].create({"lot_ids": pumps.ids})
        for row in wizard.line_ids:
            row.unit_id = unit_of.get(row.lot_id.name)
        wizard.reason = reason
        wizard.apply()
        return wizard

    def attributions(self, lot):
        return lot.event_ids.filtered(lambda event: event.kind == "attribution")

    def test_an_attribution_makes_links_exact(self):
        first, second = pumps = self.build()
        self.attribute(pumps, {"CX1": second})
        exact = (1, "production", "exact")
        screws = (4, "production", "proportional")
        self.assertEqual(self.links(second), {"CX1": exact, "S-1": screws})
        # The second has its motor, so the other one is in the first.
        self.assertEqual(self.links(first), {"CX2": exact, "S-1": screws})
        event = self.attributions(second)[0]
        self.assertEqual(
            (event.kind, event.reason), ("attribution", "Seen on the bench")
        )
        self.assertEqual((event.old_value, event.new_value), ("not known", "1 Units"))
        self.assertEqual(self.attributions(self.motors[0])[0].what, event.what)

    def test_a_corrected_attribution_replaces_the_first(self):
        first, second = pumps = self.build()
        self.attribute(pumps, {"CX1": second, "CX2": first})
        wizard = self.attribute(pumps, {"CX1": first, "CX2": second})
        self.assertEqual(len(wizard.line_ids), 2)
        self.assertEqual(self.links(first)["CX1"], (1, "production", "exact"))
        self.assertEqual(self.links(second)["CX2"], (1, "production", "exact"))
        self.attribute(pumps, {})
        self.assertEqual(self.links(first)["CX1"], (0.5, "production", "possible"))

    def test_units_are_attributed_by_scanning(self):
        pumps = self.build()
        wizards = self.env["stock.lot.attribute"].with_context(
            default_lot_ids=pumps.ids
        )
        with Form(wizards) as form:
            for number in ("FX2", "CX1", "FX1", "CX2"):
                form.scanned = number
        form.record.apply()
        self.assertEqual(self.links(pumps[1])["CX1"], (1, "production", "exact"))
        self.assertEqual(self.links(pumps[0])["CX2"], (1, "production", "exact"))

    def test_more_than_was_used_or_from_elsewhere_is_refused(self):
        pumps = self.build()
        with self.assertRaises(OverAttributedError) as refused:
            wizard = self.env["stock.lot.attribute"].create({"lot_ids": pumps.ids})
            wizard.line_ids.unit_id = pumps[0]
            wizard.line_ids[0].quantity = 2
            wizard.apply()
        self.assertEqual(refused.exception.attributed, 2)
        self.assertIn("only 1.0 were used", str(refused.exception))
        stranger = self.make_lot(self.pump, "FX9")
        with self.assertRaises(NotUsedError) as refused:
            self.attribute(pumps, {"CX1": stranger})
        error = refused.exception
        self.assertEqual((error.component.name, error.unit), ("CX1", stranger))

    def test_it_opens_from_the_production_order(self):
        pumps = self.build()
        order = self.env["mrp.production"].search([], limit=1)
        action = order.action_attribute()
        self.assertEqual(action["context"]["default_lot_ids"], pumps.ids)

    def test_other_companies_lots_cannot_be_attributed(self):
        pumps = self.build()
        line = self.env["stock.lot.link"].search([("child_lot_id", "=", pumps[0].id)])
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        stranger = self.user("stranger")
        stranger.write({"company_ids": other.ids, "company_id": other.id})
        attributions = self.env["stock.lot.attribution"].with_user(stranger)
        with self.assertRaises(AccessError):
            attributions._attribute(line.consume_line_id.with_user(stranger), {})
