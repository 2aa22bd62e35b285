"""Events that nobody changes: sealed, checked, signed."""

from . import stock_lot_event
from . import stock_lot_event_display
from . import stock_lot_event_seal
from . import stock_lot_event_audit
from . import stock_lot_event_check
from . import res_users
from . import stock_lot
from . import product_template
from . import res_company
from . import res_config_settings
