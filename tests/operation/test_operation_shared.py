from odoo.tests import tagged

from ...models.disposition.exceptions import HeldByCompanyError
from ...models.operation.step import Part, Taken
from ..disposition.shared_case import SharedCase


@tagged("post_install", "-at_install")
class TestOperationOnSharedLot(SharedCase):
    """What is made of a shared batch is held by whoever holds that."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        held = cls.shared.with_user(cls.quality).with_company(cls.company)
        held._set_disposition(cls.held, "Stones")

    def operate(self, kind, *arguments, **choices):
        """Do an operation as somebody of the sister company; return what is made."""
        operations = self.as_far(self.env["stock.lot.operation"])
        operation = getattr(operations, f"_{kind}")(*arguments, **choices)
        return operation.made_line_ids.lot_id

    def goods(self, lot=None, quantity=2):
        lot = lot or self.shared
        quant = lot.quant_ids.filtered(
            lambda each: (
                each.location_id.usage == "internal"
                and each.location_id.company_id == self.sister
            )
        )
        return Taken(self.as_far(lot), quant.location_id, quantity)

    def assert_still_held(self, lot):
        self.assertFalse(lot.company_id)
        self.assertIn(self.company, lot.holding_company_ids)
        with self.assertRaises(HeldByCompanyError):
            self.as_far(lot).disposition_id = self.released

    def test_a_part_of_it(self):
        made = self.operate("split", [self.goods()], [Part("CP-S/1", 2)])
        self.assert_still_held(made)

    def test_another_number_of_it(self):
        self.assert_still_held(self.operate("relabel", [self.goods()], name="CP-T"))

    def test_another_pack_of_it(self):
        made = self.operate("repack", [self.goods()], self.mash, 2, name="M-T")
        self.assert_still_held(made)

    def test_whatever_company_somebody_has_new_batches_belong_to(self):
        defaults = self.as_far(self.env["ir.default"])
        defaults.set("stock.lot", "company_id", self.sister.id, user_id=True)
        self.assert_still_held(self.operate("relabel", [self.goods()], name="CP-T"))

    def test_it_is_not_mixed_into_what_one_company_has(self):
        own = self.make_lot(self.chickpeas, "OWN", company_id=self.sister.id)
        own.disposition_id = self.held
        with self.assertRaises(HeldByCompanyError):
            self.operate("merge", [self.goods()], into=self.as_far(own))
