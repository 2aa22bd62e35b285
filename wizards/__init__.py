from . import stock_lot_attribute
from . import stock_lot_follow
from . import stock_lot_link_check
from . import stock_lot_link_manual
from . import stock_lot_operate
from . import stock_lot_recall
from . import stock_lot_set_disposition
