from . import stock_lot_follow
from . import stock_lot_operate
