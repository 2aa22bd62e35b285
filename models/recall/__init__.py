"""Find, stop and tell."""

from . import stock_recall
from . import stock_recall_left_out
from . import stock_recall_reach
from . import stock_recall_preview
from . import stock_recall_scope
from . import stock_recall_lot
from . import stock_recall_consignee
from . import stock_recall_history
from . import stock_lot
from . import stock_lot_banner
from . import batch_overview
from . import stock_move_line
from . import stock_move_line_returned
from . import stock_location
from . import stock_picking
