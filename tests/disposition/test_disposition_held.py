from odoo.tests import tagged
from odoo.tools import SQL

from ...tools.movement import USES
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestHeld(KitchenCase):
    """Whoever asks what is held, and in whatever form, gets one answer.

    A lot of every disposition lies in every kind of place, and so does some of none.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        dispositions = cls.env["stock.lot.disposition"].search([])
        dispositions |= dispositions.create({"name": "Nothing", "code": "NOTHING"})
        lots = [
            cls.make_lot(cls.hummus, disposition.code, disposition_id=disposition.id)
            for disposition in dispositions
        ]
        lots.append(cls.make_lot(cls.hummus, "NONE", disposition_id=False))
        places = cls.stock.create(
            [
                {
                    "name": disposition.name,
                    "location_id": cls.stock.id,
                    "disposition_id": disposition.id,
                }
                for disposition in dispositions
            ]
        )
        within = cls.stock.create({"name": "Shelf", "location_id": places[-1].id})
        for place in cls.stock | places | within:
            for lot in lots:
                cls.put_on_hand(lot, 1, place)
            cls.put_goods_on_hand(cls.mash, 1, place)
        cls.env.flush_all()
        cls.quants = cls.env["stock.quant"].search([("quantity", ">", 0)])

    def where(self, condition):
        rows = self.env.execute_query(
            SQL("SELECT id FROM stock_quant WHERE quantity > 0 AND %s", condition)
        )
        return {quant_id for (quant_id,) in rows}

    def held_one_by_one(self, use):
        held = self.quants._held_by
        return {
            quant.id
            for quant in self.quants
            if held(quant.lot_id, quant.location_id, use)
        }

    def test_all_forms_agree(self):
        quants = self.env["stock.quant"]
        for use in USES:
            with self.subTest(use=use):
                held = self.held_one_by_one(use)
                self.assertTrue(held)
                self.assertTrue(set(self.quants.ids) - held)
                domain = quants._held_domain(use)
                self.assertEqual(set((self.quants & quants.search(domain)).ids), held)
                conditions = [sql for _code, sql in quants._held_conditions(use)]
                either = SQL("(%s)", SQL(" OR ").join(conditions))
                self.assertEqual(self.where(either), held)
                view = quants._held_view_sql("stock_quant", use)
                self.assertEqual(self.where(SQL(view)), held)

    def test_lots_are_held_where_something_of_them_is(self):
        lots = self.quants.lot_id
        with_lot = self.quants.filtered("lot_id")
        of_lot = {quant.lot_id for quant in with_lot if quant._restricting()}
        found = lots.search([("is_held", "=", True), ("id", "in", lots.ids)])
        self.assertEqual(set(found), of_lot)
        self.assertEqual(set(lots.filtered("is_held")), of_lot)
        free = self.put_on_hand(self.make_lot(self.hummus, "FREE"), 1)
        self.assertFalse(free.is_held)
        self.assertEqual(
            free.search([("is_held", "=", False), ("id", "=", free.id)]), free
        )
