"""How long lots and what is known of them are kept."""

from . import stock_lot_retention
from . import stock_lot_retention_shortening
from . import stock_lot
from . import product_category
from . import product_template
from . import stock_lot_company
from . import res_company
from . import res_config_settings
