from odoo.tests import tagged

from ...models.base.exceptions import ChosenOfOthersError
from ..common import KitchenCase
from .strangers import ALL_RIGHTS

SECRET = "Zwiebelkuchen"


@tagged("post_install", "-at_install")
class TestChosenOfOthers(KitchenCase):
    """Nobody reads the name of another company's contact by choosing it by its id."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.other = cls.env["res.company"].create({"name": "Other Kitchen"})
        cls.theirs = cls.make_partner(SECRET, company_id=cls.other.id)
        cls.clerk = cls.user("everything", *ALL_RIGHTS)
        cls.clerk.write(
            {"company_ids": [(6, 0, cls.company.ids)], "company_id": cls.company.id}
        )

    def test_on_a_batch(self):
        lot = self.lot.with_user(self.clerk)
        shown = {"supplier_id": {"fields": {"display_name": {}}}}
        chosen = {"supplier_id": self.theirs.id}
        new = {"product_id": self.chickpeas.id, "name": "CP-2", **chosen}
        for attempt in (
            lambda: lot.write(chosen),
            lambda: lot.create(new),
            lambda: lot.onchange(chosen, ["supplier_id"], shown),
            lambda: lot.browse().onchange(new, ["supplier_id"], shown),
            lambda: (
                lot.browse()
                .with_context(default_supplier_id=self.theirs.id)
                .create({"product_id": self.chickpeas.id, "name": "CP-2"})
            ),
            lambda: (
                lot.browse()
                .with_context(default_supplier_id=self.theirs.id)
                .onchange({}, [], shown)
            ),
        ):
            with self.assertRaises(ChosenOfOthersError) as caught:
                attempt()
            self.assertNotIn(SECRET, str(caught.exception))

    def test_on_a_plan(self):
        asked = {"name": "Free of stones", "kind": "passfail"}
        plan = self.env["stock.lot.inspection.plan"].create(
            {"name": "Pulses", "characteristic_ids": [(0, 0, asked)]}
        )
        plan = plan.with_user(self.clerk)
        with self.assertRaises(ChosenOfOthersError):
            plan.write({"supplier_id": self.theirs.id})
        with self.assertRaises(ChosenOfOthersError):
            plan.create({"name": "Other", "supplier_id": self.theirs.id})

    def test_contacts_of_all_my_companies_and_of_nobody_may_be_chosen(self):
        lot = self.lot.with_user(self.clerk)
        lot.supplier_id = self.market
        self.theirs.company_id = self.company
        lot.supplier_id = self.theirs
        self.assertEqual(lot.supplier_id, self.theirs)
