"""Which lot goes next, and why."""

from . import stock_removal
from . import stock_removal_scan
from . import stock_removal_decision
from . import stock_removal_explanation
from . import stock_removal_override
from . import res_partner_shelf_life
from . import res_partner
from . import stock_move
from . import stock_move_line
from . import stock_move_override
from . import stock_picking
from . import stock_quant
from . import stock_removal_messages
from . import product_removal
from . import stock_lot
from . import product_template
from . import product_product
from . import product_category
from . import stock_picking_type
