"""Plans, results, verdicts."""

from . import stock_lot_inspection_specification
from . import stock_lot_inspection_plan
from . import stock_lot_inspection_characteristic
from . import stock_lot_inspection_result
from . import stock_lot_inspection
from . import stock_lot_inspection_due
from . import stock_lot_inspection_entry
from . import stock_lot_inspection_closing
from . import stock_lot_inspection_verdict
from . import stock_lot_inspection_receipt
from . import stock_lot_inspection_result_cell
from . import stock_lot_inspection_result_trend
from . import stock_lot
from . import stock_lot_verdict
from . import stock_lot_release_warnings
from . import stock_move_line
from . import stock_lot_banner
from . import batch_overview
from . import stock_lot_export
from . import stock_lot_trace
from . import stock_picking
