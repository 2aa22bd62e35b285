from odoo.exceptions import MissingError, UserError
from odoo.tests import tagged

from ..common import KitchenCase

NO_IDS = (2**31, 2**40, 0, -1, True, "x")


@tagged("post_install", "-at_install")
class TestWhatCannotBeMeant(KitchenCase):
    """Programs send anything: they are told so in a sentence, as people are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)

    def test_a_direction_that_is_none(self):
        for direction in ([], {}, None, 7, "up"):
            with self.subTest(direction=direction), self.assertRaises(UserError):
                self.lot.trace(direction=direction)
            with self.subTest(direction=direction), self.assertRaises(UserError):
                self.lot.get_genealogy({"direction": direction})

    def test_a_time_that_is_none(self):
        for moment in ([1], {"a": 1}, 7, "yesterday", "9" * 5000):
            with self.subTest(moment=moment), self.assertRaises(UserError):
                self.lot.trace(as_of=moment)

    def test_an_id_that_no_batch_can_have(self):
        for id_ in NO_IDS:
            lot = self.lot.browse([id_])
            for ask in (
                lot.trace,
                lot.get_genealogy,
                lot.get_whereabouts,
                lot.get_timeline,
                lambda lot=lot: lot.get_links_to(self.lot.id),
                lambda id_=id_: self.lot.get_links_to(id_),
            ):
                with self.subTest(id=id_, ask=ask), self.assertRaises(MissingError):
                    ask()

    def test_wishes_for_a_graph_that_are_none(self):
        for options in ([1], "back", 7):
            with self.subTest(options=options), self.assertRaises(UserError):
                self.lot.get_genealogy(options)
        graph = self.lot.get_genealogy(
            {"opened": {"1:7": "all", "x": -2}, "shown": [[1], "x", 2**40, None]}
        )
        self.assertEqual([node["id"] for node in graph["lots"]], [self.lot.id])
        for opened, shown in ((5, 5), ("x", "x"), ([1], {"a": 1})):
            self.lot.get_genealogy({"opened": opened, "shown": shown})
