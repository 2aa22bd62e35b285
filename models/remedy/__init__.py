"""What follows from a recall: goods to quarantine, orders that are told, replacements.

Overrides stock.move `_action_assign`, `_prepare_move_split_vals` and
`_prepare_merge_moves_distinct_fields`, and stock.rule
`_push_prepare_move_copy_values`.
"""

from . import stock_move
from . import stock_move_apart
from . import stock_rule
from . import stock_removal
from . import stock_picking
from . import stock_lot_decision
from . import stock_recall_hit
from . import stock_recall_quarantine
from . import stock_recall_hitting
from . import stock_recall_supply
from . import stock_recall_consignee
from . import stock_recall_replacement
from . import stock_recall_make_good_job
from . import stock_recall
from . import stock_recall_cost
from . import stock_recall_export
from . import stock_recall_answer
from . import stock_recall_wish
