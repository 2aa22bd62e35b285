from . import base_partner_merge
from . import stock_recall_reason_ask
from . import stock_recall_decide
