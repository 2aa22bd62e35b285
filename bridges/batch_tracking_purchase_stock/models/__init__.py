from . import stock_recall_hit
from . import stock_recall
from . import purchase_order
