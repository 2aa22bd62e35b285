"""Decisions to hold or release, who approves them, until when."""

from . import stock_lot_hold_reason
from . import stock_lot_decision
from . import stock_lot_decision_proposal
from . import stock_lot_decision_effect
from . import stock_lot_decision_result
from . import stock_lot_decision_shared
from . import stock_lot
from . import stock_lot_banner
from . import stock_lot_hold_preview
from . import batch_overview
from . import ir_ui_menu
from . import res_company
from . import res_config_settings
