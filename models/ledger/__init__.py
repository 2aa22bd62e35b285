"""Held stock changes by what was permitted alone, and what is done is evidence."""

from . import stock_location
from . import product_template
from . import stock_move_line
from . import stock_move_line_correction
from . import stock_move_line_done
from . import stock_lot
from . import stock_quant
from . import stock_quant_lent
from . import stock_picking
from . import stock_move
from . import stock_move_evidence
from . import stock_done_document
from . import stock_scrap
