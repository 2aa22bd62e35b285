"""What several rooms share."""

from . import product_category
from . import batch_overview
from . import stock_lot
from . import stock_picking
