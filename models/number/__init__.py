"""How lots are named, and found by their name."""

from . import stock_lot_counter
from . import ir_sequence
from . import ir_sequence_rights
from . import ir_sequence_messages
from . import ir_sequence_designer
from . import stock_picking_type
from . import res_company
from . import res_config_settings
from . import product_category
from . import product_template
from . import product_attribute_value
from . import product_product
from . import stock_lot
from . import stock_lot_uniqueness
from . import stock_lot_characters
from . import stock_lot_import
from . import stock_lot_barcode
from . import stock_picking
from . import stock_move
from . import stock_move_line
from . import stock_move_line_characters
