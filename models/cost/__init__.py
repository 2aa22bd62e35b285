"""What a unit of a lot cost."""

from . import stock_lot
from . import stock_move
from . import batch_overview
