"""Settings, and what several rooms share."""

from . import res_company
from . import res_config_settings
from . import product_category
from . import batch_overview
from . import stock_lot
from . import stock_picking
