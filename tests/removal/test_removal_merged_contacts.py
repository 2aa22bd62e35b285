from odoo.tests import tagged

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestMergedCustomers(KitchenCase):
    """Two contacts that ask for so many days become one that asks once."""

    def test_the_rule_of_who_stays_holds_and_others_come_along(self):
        clerk = self.user("contacts", "base.group_partner_manager")
        self.bistro.email = self.market.email = "a@example.com"
        rules = self.env["res.partner.shelf.life"]
        categ = self.env["product.category"].create({"name": "Pulses"})
        for partner, days, of in (
            (self.bistro, 10, False),
            (self.market, 20, False),
            (self.bistro, 30, categ.id),
        ):
            values = {"partner_id": partner.id, "min_days": days, "categ_id": of}
            rules.create(values)
        wizards = (
            self.env["base.partner.merge.automatic.wizard"].with_user(clerk).sudo()
        )
        wizards.create({})._merge((self.bistro | self.market).ids, self.market)
        self.env.invalidate_all()
        left = rules.search([("partner_id", "=", self.market.id)])
        self.assertEqual(sorted(left.mapped("min_days")), [20, 30])
