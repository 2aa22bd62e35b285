from . import stock_recall_make_good
