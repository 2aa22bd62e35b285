"""What dates make happen: the daily job that puts lots under “Expired”."""

from . import stock_lot
from . import batch_overview
