from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.genealogy.exceptions import (
    DerivedLinkError,
    SelfLinkError,
)
from ..operation.operation_case import OperationCase


@tagged("post_install", "-at_install")
class TestShapes(OperationCase):
    """The shapes that a genealogy takes: walked, and with the shares of its lots."""

    def trace(self, lot, direction="back"):
        levels = self.env["stock.lot.genealogy"]._levels(lot, direction)
        lots = self.env["stock.lot"].browse(levels)
        return set((lots - lot).mapped("name"))

    def share(self, lot, name):
        """Return how much of a lot is in the one with a number."""
        nodes = {node["name"]: node for node in lot.trace()["nodes"]}
        return nodes[name]["proportional"]

    def links_between(self, parent, child):
        return self.env["stock.lot.link"].search(
            [("parent_lot_id", "=", parent.id), ("child_lot_id", "=", child.id)]
        )

    def test_a_diamond_counts_once(self):
        raw = self.receive(self.chickpeas, "CP-1", 10)
        boiled = self.produce(self.mash, "M-1", 4, uses=[(raw, 4)])
        roasted = self.produce(self.mash, "M-2", 6, uses=[(raw, 6)])
        dip = self.produce(self.hummus, "D-1", 20, uses=[(boiled, 4), (roasted, 6)])
        self.assertEqual(self.trace(raw, "forward"), {"M-1", "M-2", "D-1"})
        links = self.env["stock.lot.link"].search([("parent_lot_id", "=", raw.id)])
        self.assertEqual(sum(links.mapped("parent_quantity")), 10)
        self.assertEqual(self.trace(dip), {"M-1", "M-2", "CP-1"})
        self.assertEqual(self.share(raw, "D-1"), 10)
        self.assert_balanced(raw | boiled | roasted | dip)

    def test_a_silo_has_all_that_was_ever_poured_in(self):
        silo = self.receive(self.chickpeas, "SILO", 100)
        poured = self.env["stock.lot"]
        for turn in range(3):
            lot = self.receive(self.chickpeas, f"CP-{turn}", 50)
            self.operate("merge", lot | silo, target_lot_id=silo.id)
            poured |= lot
        used = self.produce(self.mash, "M-1", 10, uses=[(silo, 10)])
        self.assertEqual(self.trace(used), {"SILO", "CP-0", "CP-1", "CP-2"})
        self.assert_balanced(silo | poured)

    def test_each_use_of_a_silo_has_a_share_of_all_that_was_poured_in(self):
        silo = self.make_lot(self.mash, "SILO")
        place = self.mash.property_stock_production
        poured = [self.receive(self.chickpeas, f"R-{n}", 10) for n in range(3)]
        for raw in poured:
            used = self.bare_move(raw, 10, self.stock, place)
            made = self.bare_move(silo, 10, place, self.stock)
            (used | made)._action_done()
            made.move_line_ids.consume_line_ids = used.move_line_ids
        self.produce(self.hummus, "END", 6, uses=[(silo, 6)])
        for raw in poured:
            self.assertAlmostEqual(self.share(raw, "END"), 2)

    def test_rework_goes_into_the_same_product(self):
        remade = self.produce(self.hummus, "H-2", 50, uses=[(self.lot, 10)])
        self.assertEqual(self.trace(remade), {"H-1"})
        self.assertEqual(self.trace(self.lot, "forward"), {"H-2"})
        self.assert_balanced(self.lot | remade)

    def test_a_lot_that_went_into_itself_ends(self):
        place = self.hummus.property_stock_production
        used = self.bare_move(self.lot, 5, self.stock, place)
        made = self.bare_move(self.lot, 5, place, self.stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = used.move_line_ids
        nodes = self.lot.trace()["nodes"]
        self.assertEqual([node["name"] for node in nodes], ["H-1"])

    def test_a_walk_along_a_cycle_ends(self):
        operation = self.operate("relabel", self.lot, name="H-1-NEW")
        operation.action_undo()
        new = self.made(operation)
        self.assertEqual(self.trace(self.lot), {"H-1-NEW"})
        self.assertEqual(self.trace(new, "forward"), {"H-1"})

    def test_the_same_number_on_two_products_is_two_lots(self):
        twin = self.receive(self.mash, "H-1", 10)
        of_twin = self.produce(self.chickpeas, "X-1", 1, uses=[(twin, 1)])
        of_lot = self.produce(self.chickpeas, "X-2", 1, uses=[(self.lot, 1)])
        self.assertTrue(self.links_between(twin, of_twin))
        self.assertTrue(self.links_between(self.lot, of_lot))
        self.assertFalse(self.links_between(twin, of_lot))
        found = self.env["stock.lot"].find_by_number("h-1")
        self.assertEqual({row["id"] for row in found}, {twin.id, self.lot.id})

    def test_a_link_has_the_used_part_only(self):
        made = self.produce(self.mash, "M-1", 5, uses=[(self.lot, 30)])
        self.assertEqual(self.links_between(self.lot, made).parent_quantity, 30)
        self.assertEqual(self.lot.product_qty, 70)

    def test_one_lot_in_two_places_is_one_lot(self):
        """A lot that is put into two places at once is certain all the same."""
        shelf = self.stock.copy({"name": "Shelf", "location_id": self.stock.id})
        place = self.mash.property_stock_production
        lot = self.make_lot(self.mash, "M-1")
        used = self.bare_move(self.lot, 9, self.stock, place)
        here = self.bare_move(lot, 2, place, self.stock)
        there = self.bare_move(lot, 1, place, shelf)
        (used | here | there)._action_done()
        (here | there).move_line_ids.consume_line_ids = used.move_line_ids
        links = self.links_between(self.lot, lot)
        self.assertEqual(sorted(links.mapped("parent_quantity")), [3, 6])
        self.assertEqual(set(links.mapped("attribution")), {"exact"})

    def test_a_number_that_was_forgotten_is_a_gap(self):
        place = self.mash.property_stock_production
        used = self.bare_move(self.lot, 9, self.stock, place)
        made = self.bare_move(self.make_lot(self.mash, "M-1"), 3, place, self.stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = used.move_line_ids
        used.move_line_ids.lot_id = False
        gap = self.env["stock.lot.gap"].search([("lot_id.name", "=", "M-1")])
        self.assertEqual((gap.reason, gap.product_id), ("missing", self.hummus))
        self.assertFalse(self.trace(made.lot_ids))


@tagged("post_install", "-at_install")
class TestManualLinks(OperationCase):
    """What was done outside of Odoo is linked by hand."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 10)

    def link(self, **values):
        wizard = self.env["stock.lot.link.manual"].create(
            {
                "parent_lot_id": self.raw.id,
                "child_lot_id": self.lot.id,
                "parent_quantity": 8,
                "child_quantity": 100,
                "reason": "Cook's notebook",
                **values,
            }
        )
        wizard.apply()
        return self.env["stock.lot.link"].search([("kind", "=", "manual")])

    def test_a_manual_link_is_made_and_removed(self):
        link = self.link()
        self.assertEqual(self.parents(self.lot), {"CP-1": (8, 100, "manual", "exact")})
        event = self.raw.event_ids
        self.assertEqual((event.kind, event.reason), ("link", "Cook's notebook"))
        link.with_user(self.user("sam")).action_remove()
        self.assertFalse(self.parents(self.lot))
        self.assertEqual(len(self.raw.event_ids), 2)

    def test_a_manual_link_needs_two_lots_quantities_and_a_reason(self):
        with self.assertRaises(SelfLinkError) as refused:
            self.link(child_lot_id=self.raw.id)
        self.assertEqual(refused.exception.lot, self.raw)
        with self.assertRaisesRegex(UserError, "how much"):
            self.link(parent_quantity=0)
        with self.assertRaisesRegex(UserError, "how you know"):
            self.link(reason=" ")

    def test_a_derived_link_cannot_be_removed(self):
        made = self.produce(self.mash, "M-1", 5, uses=[(self.lot, 30)])
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", made.id)])
        with self.assertRaises(DerivedLinkError) as refused:
            link.action_remove()
        self.assertEqual(refused.exception.links, link)
        self.assertIn("own records", str(refused.exception))


@tagged("post_install", "-at_install")
class TestTwoCompanies(OperationCase):
    """Each company sees its own part of a genealogy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Kitchen"})
        cls.env.user.company_ids |= cls.other
        cls.theirs = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.other.id)], limit=1
        )

    def relabel_there(self):
        """The other company gives its part of our lot another number."""
        self.put_on_hand(self.lot, 5, self.theirs.lot_stock_id)
        wizard = self.env["stock.lot.operate"].with_company(self.other)
        wizard = wizard.create({"kind": "relabel", "lot_ids": self.lot.ids})
        self.assertEqual(wizard.source_ids.location_id, self.theirs.lot_stock_id)
        return self.env["stock.lot.operation"].browse(wizard.apply()["res_id"])

    def test_links_belong_to_the_company_that_made_them(self):
        made = self.made(self.relabel_there())
        link = self.env["stock.lot.link"].search([("child_lot_id", "=", made.id)])
        self.assertEqual(link.company_id, self.other)
        ours = self.user("sam")
        ours.write({"company_ids": self.company.ids, "company_id": self.company.id})
        with self.assertRaises(AccessError):
            link.with_user(ours).read(["parent_quantity"])
        genealogy = self.env["stock.lot.genealogy"].with_user(ours)
        self.assertEqual(set(genealogy._levels(self.lot, "forward")), {self.lot.id})

    def test_operations_belong_to_the_current_company(self):
        operation = self.relabel_there()
        self.assertEqual(operation.company_id, self.other)
        link = self.env["stock.lot.link"].search(
            [("parent_lot_id", "=", self.lot.id), ("kind", "=", "relabel")]
        )
        self.assertEqual(link.company_id, self.other)
        self.assertEqual(self.lot.product_qty, 100)
