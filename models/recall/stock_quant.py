from odoo import api, models


class StockQuant(models.Model):
    """Whoever reserves or moves goods of a batch keeps it from being recalled so long.

    See ``stock_lot_lock.py``: the lots before their stock.
    """

    _inherit = "stock.quant"

    @api.model
    def _lock_reserved(self, reserved):
        self.browse(quant.id for quant, _taken in reserved).lot_id._keep_from_recall()
        return super()._lock_reserved(reserved)

    @api.model
    def _update_available_quantity(  # noqa: PLR0917 as core has it
        self,
        product_id,
        location_id,
        quantity=False,
        reserved_quantity=False,
        lot_id=None,
        package_id=None,
        owner_id=None,
        in_date=None,
    ):
        if lot_id:
            lot_id._keep_from_recall()
        return super()._update_available_quantity(
            product_id,
            location_id,
            quantity,
            reserved_quantity,
            lot_id,
            package_id,
            owner_id,
            in_date,
        )
