from datetime import datetime

from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestDatesOfEachAttribution(KitchenCase):
    """What dates contradict is not certain, whatever other links of the pair say."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sack, cls.vat, cls.pot = (
            cls.make_lot(cls.mash, name) for name in ("SACK", "VAT", "POT")
        )

    def link(self, parent, child, day, attribution="exact"):
        """Link lots by goods that were used and made on a day."""
        day = day if isinstance(day, datetime) else datetime(2026, 5, day)
        self.env["stock.lot.link"].create(
            {
                "parent_lot_id": parent.id,
                "child_lot_id": child.id,
                "parent_quantity": 1,
                "child_quantity": 1,
                "kind": "production",
                "attribution": attribution,
                "company_id": self.company.id,
                "date": day,
                "used_date": day,
            }
        )

    def assert_found(self, scope, **amounts):
        """Check what is found of the sack in the pot, whichever way one looks."""
        found = self.env["stock.recall"]._reached(self.sack)[self.pot.id]
        self.assertEqual((found.scope, found.is_too_early), (scope, False))
        forward = self.sack.trace(direction="forward")["nodes"]
        back = self.pot.trace(direction="back")["nodes"]
        for nodes, lot in ((forward, self.pot), (back, self.sack)):
            [node] = [node for node in nodes if node["id"] == lot.id]
            self.assertEqual({name: node[name] for name in amounts}, amounts)

    def test_an_exact_link_of_before_is_not_made_certain_by_a_later_one(self):
        self.link(self.sack, self.vat, 5)
        self.link(self.vat, self.pot, 3)
        self.link(self.vat, self.pot, 7, "proportional")
        self.assert_found(2, certain=0, proportional=1)

    def test_an_exact_link_of_after_is_certain_beside_an_earlier_one(self):
        self.link(self.sack, self.vat, 5)
        self.link(self.vat, self.pot, 7)
        self.link(self.vat, self.pot, 3, "proportional")
        self.assert_found(1, certain=0.5, proportional=1)

    def test_what_comes_later_by_exact_links_alone_is_not_certain_further_on(self):
        """The vat had some of the sack on the 3rd perhaps, for certain on the 7th."""
        self.link(self.sack, self.vat, 7)
        self.link(self.sack, self.vat, 3, "proportional")
        self.link(self.vat, self.pot, 5)
        self.assert_found(2, certain=0)

    def test_what_was_used_before_it_came_is_not_certain(self):
        self.sack = self.receive(self.mash, "LATE", 1)
        self.link(self.sack, self.pot, 3)
        self.link(self.sack, self.pot, datetime(2100, 1, 1), "proportional")
        self.assert_found(2, certain=0)
