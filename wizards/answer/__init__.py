from . import stock_recall_answer_enter
