from odoo.tests import tagged

from ...models.disposition.exceptions import (
    HeldIdentityError,
    HeldNumberError,
    ReleaseNotAllowedError,
)
from .release_case import ReleaseCase


@tagged("post_install", "-at_install")
class TestHeldIdentity(ReleaseCase):
    """No fresh batch begins in the place of one that is held."""

    def test_a_clerk_does_not_rename_what_is_held(self):
        held = self.lot.with_user(self.clerk)
        with self.assertRaises(ReleaseNotAllowedError):
            held.name = "CP-X"
        with self.assertRaises(ReleaseNotAllowedError):
            held.write({"name": "CP-X", "ref": "other"})
        loaded = held.load([".id", "name"], [[str(held.id), "CP-X"]])
        self.assertIn("Only a quality manager", loaded["messages"][0]["message"])
        held.write({"name": "CP-1"})  # as it is
        self.assertEqual(self.lot.name, "CP-1")

    def test_the_number_of_what_is_held_is_not_taken(self):
        self.lot.with_user(self.quality).name = "CP-1-OLD"
        lots = self.env["stock.lot"].with_user(self.clerk)
        vals = {"product_id": self.chickpeas.id, "name": "CP-1"}
        with self.assertRaises(HeldNumberError) as refusal, self.env.cr.savepoint():
            lots.create(vals)
        self.assertEqual(refusal.exception.held, self.lot)
        other = self.make_lot(self.chickpeas, "CP-2").with_user(self.clerk)
        with self.assertRaises(HeldNumberError), self.env.cr.savepoint():
            other.name = "CP-1"
        with self.assertRaises(HeldNumberError), self.env.cr.savepoint():
            other.copy({"name": "CP-1"})
        with self.assertRaises(HeldNumberError), self.env.cr.savepoint():
            self.receive(self.chickpeas, "CP-1", 5)
        # Another product may be numbered so, and the number is free after a release.
        self.make_lot(self.mash, "CP-1")
        self.lot._set_disposition(self.released, "Sieved")
        self.assertEqual(lots.create(vals).disposition_id, self.released)

    def test_nor_is_one_that_is_read_like_it(self):
        lots = self.env["stock.lot"].with_user(self.clerk)
        for name in ("\u00a0CP-1", "CP-1 ", "CP\u20131", "cp-1", "CP \u2011 1"):
            with self.assertRaises(HeldNumberError, msg=name), self.env.cr.savepoint():
                lots.create({"product_id": self.chickpeas.id, "name": name})
        for name in ("CP1", "CP-11", "CP_1"):
            self.make_lot(self.chickpeas, name)

    def test_it_may_get_its_number_back(self):
        held = self.lot.with_user(self.quality)
        held.name = "CP-1-OLD"
        held.name = "CP-1"
        self.assertEqual(self.lot.name, "CP-1")

    def test_a_copy_of_what_is_held_is_held(self):
        freed = {"name": "CP-3", "disposition_id": self.released.id}
        for default in ({"name": "CP-2"}, freed):
            copied = self.lot.with_user(self.clerk).copy(default)
            self.assertEqual(copied.disposition_id, self.held)
        self.lot._set_disposition(self.released, "Sieved")
        self.assertEqual(self.lot.copy().disposition_id, self.released)

    def test_what_is_held_keeps_its_company_and_its_product(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        everyone = self.clerk | self.quality
        everyone.company_ids |= other
        lot = self.make_lot(self.chickpeas, "CP-4", disposition_id=self.held.id)
        for user in everyone:
            for values in (
                {"company_id": other.id},
                {"product_id": self.mash.id},
            ):
                with self.assertRaises(HeldIdentityError) as refusal:
                    lot.with_user(user).write(values)
                self.assertEqual(refusal.exception.lot, lot)
        lot._set_disposition(self.released, "Sieved")
        lot.with_user(self.quality).company_id = other
        event = self.last_event(lot)
        self.assertEqual(event.new_value, other.name)
