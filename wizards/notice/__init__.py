from . import base_partner_merge
from . import stock_recall_notice_tell
