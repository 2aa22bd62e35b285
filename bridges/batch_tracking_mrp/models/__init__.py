from . import mrp_production
from . import mrp_production_day
from . import stock_lot
from . import stock_move_line
from . import stock_lot_gap
from . import stock_lot_link
from . import stock_lot_link_source
