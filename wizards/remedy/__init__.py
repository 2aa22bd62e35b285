from . import stock_recall_answer_enter
from . import stock_recall_make_good
