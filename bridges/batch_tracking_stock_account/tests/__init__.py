from . import test_stock_move
