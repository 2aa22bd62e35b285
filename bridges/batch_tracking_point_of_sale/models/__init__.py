from . import pos_order_line, stock_move, stock_picking
