"""What became of recalled goods: the ledger, checks, decisions, and the way to close.

Overrides no method of core.
"""

from . import stock_recall_consignee
from . import stock_recall_freeze
from . import stock_recall_waive
from . import stock_recall_progress
from . import stock_recall_progress_page
from . import stock_recall_check
from . import stock_recall_check_result
from . import stock_recall_answer
from . import stock_recall_checking
from . import stock_recall_return
from . import stock_recall_decision
from . import stock_recall_cost
from . import stock_recall_kpi
from . import stock_recall_export
from . import stock_recall_report
from . import stock_recall_closing
from . import stock_recall_plan
from . import stock_recall_lot
from . import stock_recall_untraced
from . import stock_recall_drill_gates
from . import stock_recall_drill
from . import stock_picking
from . import stock_move
