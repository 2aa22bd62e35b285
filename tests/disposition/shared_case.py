"""The scene of the tests of batches that companies share."""

from .release_case import ReleaseCase

QUALITY = "batch_tracking.group_quality_manager"


class SharedCase(ReleaseCase):
    """Two companies share a batch: each holds it, and releases what is its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls.env["res.company"].create({"name": "Sister Kitchen"})
        cls.far = cls.user("far", QUALITY)
        cls.far.write(
            {"company_ids": [(6, 0, cls.sister.ids)], "company_id": cls.sister.id}
        )
        cls.shared = cls.receive(cls.chickpeas, "CP-S", 10)
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.sister.id)], limit=1
        )
        move = cls.env["stock.move"].create(
            {
                "product_id": cls.chickpeas.id,
                "product_uom_qty": 4,
                "company_id": cls.sister.id,
                "location_id": cls.suppliers.id,
                "location_dest_id": warehouse.lot_stock_id.id,
            }
        )
        move._action_confirm()
        move.move_line_ids.unlink()
        cls.add_line(move, cls.shared, 4)
        move.picked = True
        move._action_done()

    def as_far(self, records):
        return records.with_user(self.far).with_company(self.sister)
