from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from ...models.disposition.exceptions import (
    DispositionMissingError,
    ReleaseByDefinitionError,
)
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestReleaseByOtherWays(KitchenCase):
    """Whatever lets a batch do more than before is a release."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.held = cls.disposition("hold")
        cls.lot._set_disposition(cls.held, "Stones")
        cls.clerk = cls.user("clerk")
        cls.boss = cls.user("boss", "stock.group_stock_manager")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")

    def test_no_disposition_permits_nothing(self):
        for user in (self.clerk, self.quality, self.env.user):
            with self.assertRaises(DispositionMissingError):
                self.lot.with_user(user).write({"disposition_id": False})
        made = self.make_lot(self.chickpeas, "CP-2", disposition_id=False)
        self.assertEqual(made.disposition_id, self.disposition("released"))

    def test_a_place_notes_itself_what_is_imposed(self):
        place = self.env["stock.location"].create(
            {
                "name": "Cage",
                "location_id": self.stock.id,
                "disposition_id": self.held.id,
            }
        )
        for values in (
            {"imposed_disposition_ids": [Command.clear()]},
            {"imposed_by_id": self.boss.id},
            {"imposed_date": "2020-01-01"},
        ):
            with self.assertRaises(AccessError):
                place.with_user(self.boss).write(values)
            with self.assertRaises(AccessError):
                place.with_user(self.boss).create({"name": "New", **values})
        self.assertEqual(place.imposed_disposition_ids, self.held)

    def test_where_two_release_nobody_widens_what_batches_are_under(self):
        self.company.batch_release_four_eyes = True
        held = self.held.with_user(self.quality)
        for values in ({"allow_deliver": True}, {"needs_quality_right": False}):
            with self.assertRaises(ReleaseByDefinitionError):
                held.write(values)
        held.write({"allow_deliver": False, "note": "Somebody looks into it"})

    def test_where_one_releases_a_quality_manager_may(self):
        self.held.with_user(self.quality).allow_deliver = True
        self.assertTrue(self.lot.disposition_id._allows("deliver"))
