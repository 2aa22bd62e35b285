"""What may be done with a lot or in a place, and the gate that holds it."""

from . import stock_lot_disposition
from . import mail_activity
from . import stock_location
from . import stock_lot
from . import stock_lot_rights
from . import stock_lot_second_person
from . import stock_lot_places
from . import stock_lot_banner
from . import stock_lot_display_name
from . import stock_lot_signature
from . import stock_move
from . import stock_move_line
from . import stock_move_line_gate
from . import stock_move_line_messages
from . import stock_move_line_unreserve
from . import stock_move_picker
from . import product_product_availability
from . import product_product
from . import stock_move_reassign
from . import stock_quant
from . import stock_quant_display_name
from . import stock_quant_held
from . import stock_forecasted
from . import report_stock_quantity
