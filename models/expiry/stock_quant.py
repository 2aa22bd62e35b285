from odoo import models

#: Application identifiers of GS1 for dates, in the order in which core writes them.
DATES_OF_GS1 = (("15", "use_date"), ("17", "expiration_date"))


class StockQuant(models.Model):
    """Says in a GS1 barcode the days that people read on the label."""

    _inherit = "stock.quant"

    def _get_gs1_barcode(self, *args, **kwargs):
        """Core says the days of UTC: what ends with a day here is tomorrow there."""
        barcode = super()._get_gs1_barcode(*args, **kwargs)
        dated = [pair for pair in DATES_OF_GS1 if self.lot_id[pair[1]]]
        of_core = "".join(f"{ai}{self.lot_id[name]:%y%m%d}" for ai, name in dated)
        if not (of_core and self.use_expiration_date and barcode.startswith(of_core)):
            return barcode
        days = "".join(ai + self.lot_id._label_day(name) for ai, name in dated)
        return days + barcode[len(of_core) :]
