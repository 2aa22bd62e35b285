from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestShapes(KitchenCase):
    """The shapes that genealogies have in life."""

    def setUp(self):
        super().setUp()
        self.addCleanup(self.assert_consignees_are_right)

    def names(self, lot, direction="forward"):
        answer = lot.trace(direction)
        return {node["name"] for node in answer["nodes"]} - {lot.name}

    def share(self, lot, name, key="proportional"):
        nodes = {node["name"]: node for node in lot.trace()["nodes"]}
        return nodes[name][key]

    def test_a_diamond_does_not_count_twice(self):
        raw = self.receive(self.chickpeas, "RAW", 10)
        one = self.produce(self.mash, "W-1", 4, uses=[(raw, 4)])
        two = self.produce(self.mash, "W-2", 6, uses=[(raw, 6)])
        self.produce(self.hummus, "END", 10, uses=[(one, 4), (two, 6)])
        self.assertEqual(self.share(raw, "END"), 10)

    def test_a_silo_mixes(self):
        silo = self.make_lot(self.mash, "SILO")
        place = self.mash.property_stock_production
        raws = [self.receive(self.chickpeas, f"R-{n}", 10) for n in range(3)]
        for raw in raws:
            used = self.bare_move(raw, 10, self.stock, place)
            made = self.bare_move(silo, 10, place, self.stock)
            (used | made)._action_done()
            made.move_line_ids.consume_line_ids = used.move_line_ids
        self.produce(self.hummus, "END", 6, uses=[(silo, 6)])
        for raw in raws:
            self.assertAlmostEqual(self.share(raw, "END"), 2)

    def test_rework_of_a_product_into_itself(self):
        old = self.put_on_hand(self.make_lot(self.hummus, "OLD"), 10)
        new = self.produce(self.hummus, "NEW", 20, uses=[(old, 3)])
        self.assertEqual(self.names(old), {"NEW"})
        self.assertEqual(self.names(new, "back"), {"OLD"})

    def test_a_lot_that_went_into_itself_ends(self):
        lot = self.put_on_hand(self.make_lot(self.mash, "LOOP"), 10)
        place = self.mash.property_stock_production
        used = self.bare_move(lot, 5, self.stock, place)
        made = self.bare_move(lot, 5, place, self.stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = used.move_line_ids
        self.assertEqual(self.names(lot), set())

    def test_the_same_number_on_two_products_is_two_lots(self):
        one = self.receive(self.chickpeas, "SAME", 5)
        two = self.receive(self.mash, "SAME", 5)
        self.produce(self.hummus, "END", 1, uses=[(one, 1)])
        self.assertEqual(self.names(one), {"END"})
        self.assertEqual(self.names(two), set())
        found = self.env["stock.lot"].find_by_number("same")
        self.assertEqual({row["id"] for row in found}, {one.id, two.id})

    def test_returned_and_sent_again(self):
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

    def test_sent_straight_to_the_customer(self):
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

    def test_on_the_way_to_another_company(self):
        lot = self.receive(self.chickpeas, "CP-1", 10)
        transit = self.env["stock.location"].create(
            {"name": "Between us", "usage": "transit", "company_id": False}
        )
        self.bare_move(lot, 4, self.stock, transit)._action_done()
        places = {place[3]: place[2] for place in self.places(lot)}
        self.assertEqual(places, {"own": 6, "inter_company": 4})

    def test_at_a_subcontractor(self):
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
