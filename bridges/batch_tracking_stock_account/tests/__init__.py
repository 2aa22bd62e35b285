from . import test_stock_move
from . import test_unit_cost
