from . import stock_recall_notice_tell
