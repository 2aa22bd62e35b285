from . import stock_lot_recall
from . import stock_lot_set_disposition
from . import stock_move_explain
from . import stock_move_override_reason
