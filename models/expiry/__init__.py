"""What dates make happen: they move together, and end in “Expired”."""

from . import stock_lot
from . import stock_lot_dates
from . import stock_lot_recount
from . import stock_lot_reminder
from . import stock_move_line
from . import stock_quant
from . import stock_removal
from . import ir_cron
from . import batch_overview
