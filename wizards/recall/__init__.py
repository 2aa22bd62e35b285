from . import base_partner_merge
from . import stock_lot_recall
from . import stock_lot_recall_find
from . import stock_recall_cancel
from . import stock_recall_clear
