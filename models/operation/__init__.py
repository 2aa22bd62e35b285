"""Split, merge, repack and relabel."""

from . import stock_lot_operation
from . import stock_lot_operation_checks
from . import stock_lot_operation_kinds
from . import stock_lot_operation_undo
from . import stock_lot
from . import stock_lot_cost
from . import stock_move
from . import stock_lot_link_source
