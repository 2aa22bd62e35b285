from . import stock_lot_attribute
from . import stock_lot_attribute_matrix
from . import stock_lot_link_check
from . import stock_lot_link_manual
