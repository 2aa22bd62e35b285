from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..operation.operation_case import OperationCase


@tagged("post_install", "-at_install")
class TestSimulationOfOperations(OperationCase):
    """A hundred pieces come in and eighty go, under whatever number."""

    def sum_up(self, product=None, **period):
        today = fields.Date.today()
        simulation = self.env["stock.removal.simulation"].create(
            {
                "date_from": today - timedelta(days=30),
                "date_to": today + timedelta(days=1),
                "product_ids": [Command.set((product or self.hummus).ids)],
                **period,
            }
        )
        simulation.action_run()
        fifo = simulation.line_ids.filtered(lambda line: line.method == "fifo")
        return fifo.received, fifo.sold, fifo.lost

    def sell(self):
        self.deliver(self.hummus, 80, self.market)

    def test_a_split_is_neither_sold_nor_received(self):
        self.operate("split", self.lot, parts=[(50, "H-1a")])
        self.sell()
        self.assertEqual(self.sum_up(), (100, 80, 0))

    def test_what_was_split_and_undone_did_not_happen(self):
        self.operate("split", self.lot, parts=[(50, "H-1a")]).action_undo()
        self.sell()
        self.assertEqual(self.sum_up(), (100, 80, 0))

    def test_a_relabelled_batch_is_the_same_goods(self):
        self.operate("relabel", self.lot, name="H-1b")
        self.sell()
        self.assertEqual(self.sum_up(), (100, 80, 0))

    def test_merged_batches_are_the_same_goods(self):
        other = self.receive(self.hummus, "H-2", 20)
        self.operate("merge", self.lot | other, name="H-M")
        self.sell()
        self.assertEqual(self.sum_up(), (120, 80, 0))

    def test_what_was_split_before_the_period_is_there_at_its_beginning(self):
        self.operate("split", self.lot, parts=[(50, "H-1a")])
        [part] = self.env["stock.lot"].search([("name", "=", "H-1a")])
        self.deliver(self.hummus, 30, self.market, lot=part)
        # Late enough in the day that it is the same one for everybody.
        later = fields.Datetime.now().replace(hour=17) + timedelta(days=5)
        with freeze_time(later):
            self.deliver(self.hummus, 40, self.market)
            period = {"date_from": later.date(), "date_to": later.date()}
            self.assertEqual(self.sum_up(**period), (70, 40, 0))

    def test_another_product_is_another_story_unless_it_is_undone(self):
        repack = self.operate(
            "repack",
            self.lot,
            product_id=self.mash.id,
            made_quantity=50,
            name="M-1",
        )
        self.deliver(self.mash, 20, self.market)
        self.assertEqual(self.sum_up(), (100, 100, 0))
        self.assertEqual(self.sum_up(self.mash), (50, 20, 0))
        self.assertEqual(repack.kind, "repack")
