"""What customers read of inspections."""

from . import stock_lot_inspection
from . import stock_lot_inspection_result
from . import stock_lot
from . import stock_lot_verdict
from . import stock_picking
from . import res_partner
