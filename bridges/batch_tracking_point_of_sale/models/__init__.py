from . import pos_order, pos_order_line, stock_move, stock_picking
from . import stock_recall_consignee, stock_recall
