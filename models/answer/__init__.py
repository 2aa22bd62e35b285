"""What consignees tell of recalled goods: on a page, by phone, by letter.

Overrides ``stock.move._action_done``: what comes in is counted; and
``ir.attachment._to_http_stream``: certificates are downloads.
"""

from . import stock_recall_token
from . import stock_recall_visit
from . import stock_recall_answer
from . import stock_recall_answer_line
from . import stock_recall_answer_onward
from . import stock_recall_consignee
from . import stock_recall_freeze
from . import stock_lot_trace
from . import stock_recall_consignee_received
from . import stock_recall
from . import stock_recall_answering
from . import stock_recall_notice
from . import stock_recall_tasks
from . import stock_recall_onward_shares
from . import stock_recall_answer_notice
from . import stock_recall_next_tier
from . import stock_recall_page
from . import stock_move
from . import ir_attachment
from . import stock_recall_plan
