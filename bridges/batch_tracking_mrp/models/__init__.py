from . import mrp_production
from . import stock_lot_gap
from . import stock_lot_link
from . import stock_lot_link_source
