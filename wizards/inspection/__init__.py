from . import stock_lot_inspection_decide
from . import stock_lot_inspect
