from odoo.modules.module import load_script
from odoo.tests import tagged
from odoo.tools import file_path

from .cost_case import CostCase

SCRIPT = "batch_tracking/migrations/19.0.1.2.0/end-figures.py"


@tagged("post_install", "-at_install")
class TestFiguresAfterUpdate(CostCase):
    """What a version before had found wrong is found anew; what was typed stays."""

    def migrate(self):
        self.env.flush_all()
        self.env.invalidate_all()
        load_script(file_path(SCRIPT), "end-figures").migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()

    def test_costs(self):
        bought = self.bought("A", 10, 6)
        relabelled = self.made(self.operate("relabel", bought, name="B"))
        typed, unknown = self.bought("C", 10, 6), self.make_lot(self.chickpeas, "D")
        typed.unit_cost = 7
        (bought | relabelled).write({"unit_cost": 9, "unit_cost_typed": False})
        unknown.write({"unit_cost": 9, "unit_cost_typed": False})
        self.migrate()
        lots = bought | relabelled | typed | unknown
        self.assertEqual(lots.mapped("unit_cost"), [6, 6, 7, 9])
        self.assertEqual(set(relabelled.quant_ids.mapped("unit_cost")), {6})

    def test_what_was_written_off_at_a_consignees_had_not_come_back(self):
        lot = self.bought("A", 10, 6)
        self.deliver(self.chickpeas, 5, self.bistro, lot=lot)
        recall = self.env["stock.recall"]._launch(lot, "Stones")
        loss = self.chickpeas.property_stock_inventory
        move = self.bare_move(lot, 2, self.customers, loss)
        move.partner_id = self.bistro
        move._action_done()
        line = move.move_line_ids
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_move_line SET consignment = 'returned' WHERE id = %s",
            line.ids,
        )
        self.env.invalidate_all()
        self.env["stock.recall.consignee"]._count_returns(lot)
        self.assertEqual(recall.consignee_ids.received_back, 2)
        self.migrate()
        self.assertEqual(line.consignment, "written_off")
        self.assertEqual(recall.consignee_ids.received_back, 0)
