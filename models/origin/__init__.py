"""Who supplied a lot, under which number, made when."""

from . import stock_picking_type
from . import product_template
from . import stock_lot
from . import stock_lot_fill
from . import stock_move_line
