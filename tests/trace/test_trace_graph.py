from odoo.exceptions import UserError
from odoo.tests import tagged

from ..genealogy.genealogy_case import GenealogyCase


@tagged("post_install", "-at_install")
class TestGenealogyScreen(GenealogyCase):
    """A lot of chickpeas went into a hundred mashes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 1000)
        cls.mashes = cls.env["stock.lot"].create(
            [{"product_id": cls.mash.id, "name": f"M-{n:03}"} for n in range(100)]
        )
        cls.env["stock.lot.link"].create(
            [
                {
                    "parent_lot_id": cls.raw.id,
                    "child_lot_id": mash.id,
                    "parent_quantity": 2,
                    "child_quantity": 3,
                    "kind": "production",
                    "attribution": "exact",
                    "company_id": cls.company.id,
                    "equipment": "Kettle 2",
                }
                for mash in cls.mashes
            ]
        )
        cls.hummus_lot = cls.make_lot(cls.hummus, "H-1")
        cls.link(cls, cls.mashes[7], cls.hummus_lot)

    def graph(self, **options):
        return self.raw.get_genealogy(options)

    def drawn(self, graph, kind):
        return [node for node in graph["nodes"] if node["type"] == kind]

    def test_it_opens_grouped_by_product_and_level(self):
        graph = self.graph()
        [group] = self.drawn(graph, "group")
        self.assertEqual((group["count"], group["product"]), (100, "Mash"))
        self.assertEqual(graph["counts"], {"back": 0, "forward": 101})
        self.assertTrue(graph["can_be_ungrouped"])
        edges = {
            (edge["source"], edge["target"]): (edge["quantity"], edge["count"])
            for edge in graph["edges"]
        }
        raw, end = f"lot-{self.raw.id}", f"lot-{self.hummus_lot.id}"
        self.assertEqual(edges[raw, group["key"]], (200, 100))
        self.assertIn((group["key"], end), edges)

    def test_an_opened_group_shows_some_of_its_lots(self):
        [group] = self.drawn(self.graph(), "group")
        opened = self.graph(opened={group["group"]: 24})
        [rest] = self.drawn(opened, "group")
        self.assertEqual(rest["count"], 76)
        names = [
            node["name"] for node in self.drawn(opened, "lot") if node["level"] == 1
        ]
        self.assertEqual(len(names), 24)
        self.assertEqual(names[0], "M-000")

    def test_what_is_searched_leaves_its_group(self):
        shown = self.graph(shown=[self.mashes[55].id])
        self.assertIn("M-055", [node.get("name") for node in shown["nodes"]])

    def test_without_groups_all_lots_are_drawn(self):
        graph = self.graph(ungrouped=True)
        self.assertFalse(self.drawn(graph, "group"))
        self.assertEqual(len(self.drawn(graph, "lot")), 102)

    def test_nodes_and_edges_name_the_equipment(self):
        graph = self.graph(shown=[self.mashes[0].id])
        node = next(n for n in graph["nodes"] if n.get("name") == "M-000")
        self.assertEqual(node["equipment"], "Kettle 2")
        [link] = self.raw.get_links_to(self.mashes[0].id)
        self.assertEqual(link["equipment"], "Kettle 2")
        self.assertEqual((link["parent_quantity"], link["child_quantity"]), (2, 3))

    def test_suppliers_stand_on_the_left(self):
        [supplier] = self.drawn(self.graph(), "supplier")
        self.assertEqual(supplier["name"], "Finger Lakes Pulses")

    def test_many_customers_share_one_node(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "H-9"), 100)
        for number in range(13):
            shop = self.make_partner(f"Shop {number}")
            self.deliver(self.hummus, 1, shop, lot=lot)
        [customers] = self.drawn(lot.get_genealogy(), "customer")
        self.assertEqual(customers["count"], 13)

    def test_the_timeline_begins_with_the_latest(self):
        self.deliver(self.chickpeas, 3, self.market, lot=self.raw)
        labels = [
            event["what"] for event in self.raw.get_timeline() if event["quantity"]
        ]
        self.assertEqual(labels, ["Delivered", "Received"])

    def test_opened_from_product_and_transfer(self):
        action = self.chickpeas.action_genealogy()
        self.assertEqual(action["params"]["lot_ids"], self.raw.ids)
        with self.assertRaisesRegex(UserError, "no batches"):
            self.make_product("Nothing yet").action_genealogy()
        who = self.raw.action_who_has_it()
        self.assertEqual(who["params"]["view"], "who")

    def test_found_by_a_part_of_the_number(self):
        found = self.env["stock.lot"].find_by_number(" m-01 ")
        self.assertEqual(len(found), 10)
        self.assertEqual(self.env["stock.lot"].find_by_number("  "), [])
        exact = self.env["stock.lot"].find_by_number("H-1")
        self.assertEqual(exact[0]["id"], self.hummus_lot.id)
