"""What several rooms share."""

from . import base
from . import ir_default
from . import res_company
from . import res_partner
from . import batch_wizard
from . import product_category
from . import ir_model_data
from . import ir_module_module
from . import batch_job_failure
from . import batch_overview
from . import stock_lot
from . import stock_picking
from . import stock_move
from . import stock_move_line
