"""The scene of the tests of the ledger: a recalled batch, and a clerk."""

from odoo.exceptions import AccessError, UserError

from ..common import KitchenCase


class LedgerCase(KitchenCase):
    """A clerk tries to get goods of a recalled batch out, past every screen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bad = cls.receive(cls.chickpeas, "BAD", 10)
        cls.receipt_line = cls.bad_line()
        cls.fresh = cls.make_lot(cls.chickpeas, "FRESH")
        cls.production = cls.chickpeas.property_stock_production
        cls.bad._set_disposition(cls.disposition("recalled"), "Stones")
        cls.clerk = cls.user("clerk", "stock.group_stock_user")

    @classmethod
    def bad_line(cls):
        return cls.env["stock.move.line"].search(
            [("lot_id", "=", cls.bad.id), ("state", "=", "done")]
        )

    def amounts(self):
        """Return ``{(number, place): quantity}`` of all chickpeas."""
        self.env.flush_all()
        quants = self.env["stock.quant"].search(
            [("product_id", "=", self.chickpeas.id), ("quantity", "!=", 0)]
        )
        return {
            (quant.lot_id.name or "", quant.location_id.id): quant.quantity
            for quant in quants
        }

    def assert_refused(self, attempt):
        """``attempt`` ends in a refusal, and no quantity has changed."""
        before = self.amounts()
        refusals = []
        try:
            with self.env.cr.savepoint():
                attempt()
                self.env.flush_all()
        except (UserError, AccessError) as refusal:
            refusals.append(refusal)
        self.env.invalidate_all()
        self.assertEqual(self.amounts(), before)
        self.assertTrue(refusals, "nobody has refused it")

    def as_clerk(self, records, **context):
        return records.with_user(self.clerk).with_context(**context)
