"""Questions over the links: who has it, where is it, as graph, list or export."""

from . import stock_lot_trace
from . import stock_lot_trace_stock
from . import stock_lot_trace_totals
from . import stock_lot_trace_partners
from . import stock_lot_trace_consignees
from . import res_partner
from . import stock_lot_delivery
from . import stock_lot
from . import stock_lot_graph
from . import stock_lot_timeline
from . import stock_lot_whereabouts
from . import stock_lot_export
from . import stock_lot_print
from . import stock_move
from . import stock_move_line
from . import stock_move_line_readdressed
from . import stock_lot_link
from . import product_product
