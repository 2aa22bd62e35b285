from . import base_partner_merge
from . import base_module_uninstall
from . import stock_move_explain
from . import stock_move_override_reason
