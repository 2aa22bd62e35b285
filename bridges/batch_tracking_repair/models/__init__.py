from . import repair_order, stock_lot_link_source
