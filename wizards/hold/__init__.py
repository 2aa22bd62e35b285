from . import stock_lot_set_disposition
from . import stock_lot_set_disposition_find
