from odoo import fields

from ...tools.trace.mass_balance import balance_of
from ..common import KitchenCase


class OperationCase(KitchenCase):
    """A batch of hummus to split, merge, repack and relabel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.hummus, "H-1", 100)

    def operate(self, kind, lots, **values):
        """Do an operation by its wizard and return its document."""
        parts = values.pop("parts", ())
        wizard = self.env["stock.lot.operate"].create(
            {
                "kind": kind,
                "lot_ids": lots.ids,
                "target_ids": [
                    fields.Command.create({"quantity": quantity, "name": name})
                    for quantity, name in parts
                ],
                **values,
            }
        )
        action = wizard.apply()
        return self.env["stock.lot.operation"].browse(action["res_id"])

    def made(self, operation):
        return operation.made_line_ids.lot_id

    def parents(self, lot):
        links = self.env["stock.lot.link"].search([("child_lot_id", "=", lot.id)])
        return {
            link.parent_lot_id.name: (
                link.parent_quantity,
                link.child_quantity,
                link.kind,
                link.attribution,
            )
            for link in links
        }

    def assert_balanced(self, lots):
        traces = self.env["stock.lot.trace"]
        flows = traces._flows(lots)
        on_hand = traces._sum_by_lot(traces._on_hand(lots))
        for lot in lots:
            balance = balance_of(flows[lot.id], on_hand[lot.id])
            self.assertAlmostEqual(balance.accounted, balance.came_in, msg=lot.name)
