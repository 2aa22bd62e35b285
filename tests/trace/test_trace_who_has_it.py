from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestWhoHasIt(KitchenCase):
    """Goods are returned, sent straight, passed on, or mixed with what has no lot."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.assert_consignees_are_right)

    def test_goods_returned_and_sent_again_are_with_the_second(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "H-1"), 10)
        sent = self.deliver(self.hummus, 6, self.market, lot=lot)
        self.take_back(sent, 6)
        self.deliver(self.hummus, 6, self.bistro, lot=lot)
        rows = lot.get_whereabouts()["shipped"]["rows"]
        has = {row["who"]: row["quantity"] for row in rows}
        self.assertEqual(has, {"Lake Bistro": 6})
        consignees = {
            partner: delivered - returned
            for _lot, partner, delivered, returned in self.env[
                "stock.lot.trace"
            ]._consignees(lot)
        }
        self.assertEqual(consignees, {self.market.id: 0, self.bistro.id: 6})

    def test_headings_count_goods_and_customers_not_rows(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "H-1"), 30)
        other = self.put_on_hand(self.make_lot(self.hummus, "H-2"), 5)
        for quantity in (6, 4):
            self.deliver(self.hummus, quantity, self.market, lot=lot)
        self.deliver(self.hummus, 3, self.bistro, lot=lot)
        self.deliver(self.hummus, 5, self.bistro, lot=other)
        answer = (lot | other).get_whereabouts()
        shipped, on_hand = answer["shipped"], answer["on_hand"]
        self.assertEqual(shipped["amounts"], [{"quantity": 18, "unit": "Units"}])
        self.assertEqual((shipped["who"], shipped["count"]), (2, 3))
        self.assertEqual(on_hand["amounts"], [{"quantity": 17, "unit": "Units"}])
        self.assertEqual(on_hand["who"], 1)

    def test_a_return_by_another_address_of_the_same_company(self):
        yard = self.make_partner("Market yard", parent_id=self.market.id)
        lot = self.put_on_hand(self.make_lot(self.hummus, "H-1"), 10)
        self.deliver(self.hummus, 6, self.market, lot=lot)
        back = self.transfer(
            self.warehouse.in_type_id, self.customers, self.stock, yard
        )
        move = self.add_move(back, self.hummus, 2)
        back.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, lot, 2)
        self.validate(back)
        rows = self.env["stock.lot.trace"]._consignees(lot)
        self.assertEqual(
            [(row[1], row[2], row[3]) for row in rows], [(self.market.id, 6, 2)]
        )
        [shipped] = lot.get_whereabouts()["shipped"]["rows"]
        self.assertEqual((shipped["partner_id"], shipped["quantity"]), (rows[0][1], 4))
        graph = lot.get_genealogy()
        customers = [node for node in graph["nodes"] if node["type"] == "customer"]
        self.assertEqual([node["id"] for node in customers], [self.market.id])
        edges = [edge for edge in graph["edges"] if edge["kinds"] == ["customer"]]
        self.assertEqual([edge["quantity"] for edge in edges], [4])

    def test_a_return_by_another_company_counts_against_whoever_has_the_goods(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "H-1"), 2)
        self.deliver(self.hummus, 2, self.market, lot=lot)
        kind = self.warehouse.in_type_id
        back = self.transfer(kind, self.customers, self.stock, self.bistro)
        move = self.add_move(back, self.hummus, 2)
        back.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, lot, 2)
        self.validate(back)
        rows = self.env["stock.lot.trace"]._consignees(lot)
        self.assertEqual([row[1:] for row in rows], [(self.market.id, 2, 2)])
        self.assertFalse(lot.get_whereabouts()["shipped"]["rows"])
        [shipped] = lot.trace()["recall"]["shipped"]
        self.assertEqual(
            (shipped["partner"], shipped["returned"], shipped["net"]),
            ("Corner Market", 2, 0),
        )

    def come_back(self, lot, partner, quantity):
        """Let a partner return goods by a document that knows of no delivery."""
        kind = self.warehouse.in_type_id
        back = self.transfer(kind, self.customers, self.stock, partner)
        move = self.add_move(back, lot.product_id, quantity)
        back.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, lot, quantity)
        self.validate(back)

    def test_a_return_counts_against_the_latest_delivery_before_it(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "H-1"), 30)
        yard = self.make_partner("Far yard")
        start = fields.Datetime.now()
        for day, partner, quantity in (
            (1, self.market, 9),
            (2, self.bistro, 2),
            (3, yard, -3),
            (4, yard, 10),
        ):
            with freeze_time(start + timedelta(days=day)):
                if quantity > 0:
                    self.deliver(self.hummus, quantity, partner, lot=lot)
                else:
                    self.come_back(lot, partner, -quantity)
        has = {self.market.id: 8, self.bistro.id: 0, yard.id: 10}
        rows = self.env["stock.lot.trace"]._consignees(lot)
        self.assertEqual({row[1]: row[2] - row[3] for row in rows}, has)
        shipped = lot.trace()["recall"]["shipped"]
        self.assertEqual({row["partner_id"]: row["net"] for row in shipped}, has)
        shown = lot.get_whereabouts()["shipped"]["rows"]
        has.pop(self.bistro.id)
        self.assertEqual({row["partner_id"]: row["quantity"] for row in shown}, has)

    def test_goods_sent_straight_have_a_supplier_and_a_customer(self):
        lot = self.make_lot(self.hummus, "DROP")
        picking = self.transfer(
            self.warehouse.out_type_id, self.suppliers, self.customers, self.supplier
        )
        move = self.add_move(picking, self.hummus, 3)
        move.partner_id = self.market
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, lot, 3)
        self.validate(picking)
        answer = lot.trace()
        [shipped] = answer["recall"]["shipped"]
        self.assertEqual((shipped["partner"], shipped["net"]), ("Corner Market", 3))
        [supplied] = answer["suppliers"]
        self.assertEqual(supplied["partner"], "Finger Lakes Pulses")

    def test_goods_between_companies_are_on_the_way(self):
        lot = self.receive(self.chickpeas, "CP-1", 10)
        transit = self.env["stock.location"].create(
            {"name": "Between us", "usage": "transit", "company_id": False}
        )
        self.bare_move(lot, 4, self.stock, transit)._action_done()
        places = {place[3]: place[2] for place in self.places(lot)}
        self.assertEqual(places, {"own": 6, "inter_company": 4})

    def test_goods_at_a_subcontractor_are_there(self):
        company = self.env["res.company"]
        if "subcontracting_location_id" not in company._fields:
            lot = self.receive(self.chickpeas, "CP-1", 10)
            self.assertEqual([place[3] for place in self.places(lot)], ["own"])
            return
        outside = self.company.subcontracting_location_id
        lot = self.put_on_hand(self.make_lot(self.chickpeas, "CP-1"), 10, outside)
        self.assertEqual([place[3] for place in self.places(lot)], ["subcontractor"])

    def places(self, lot):
        return self.env["stock.lot.trace"]._places(lot)

    def test_an_untracked_ingredient_is_a_gap(self):
        salt = self.make_product("Salt", tracking="none")
        raw = self.receive(self.chickpeas, "CP-1", 10)
        place = self.mash.property_stock_production
        lot = self.make_lot(self.mash, "M-1")
        used = self.bare_move(raw, 5, self.stock, place)
        salted = self.env["stock.move"].create(
            {
                "product_id": salt.id,
                "product_uom_qty": 1,
                "quantity": 1,
                "location_id": self.stock.id,
                "location_dest_id": place.id,
            }
        )
        salted._action_confirm()
        salted.quantity = 1
        salted.picked = True
        made = self.bare_move(lot, 5, place, self.stock)
        (used | salted | made)._action_done()
        made.move_line_ids.consume_line_ids = (used | salted).move_line_ids
        [gap] = lot.trace("back")["gaps"]
        self.assertEqual((gap["role"], gap["product_id"]), ("gap_back", salt.id))
        drawn = lot.get_genealogy()["nodes"]
        self.assertEqual(
            [node["product"] for node in drawn if node["type"] == "gap"], ["Salt"]
        )
