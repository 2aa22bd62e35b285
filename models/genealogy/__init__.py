"""Which lots became which: links, their derivation, walks along them."""

from . import stock_lot_link
from . import stock_lot_link_source
from . import stock_lot_link_shares
from . import stock_lot_gap
from . import stock_lot_link_rebuild
from . import stock_lot_attribution
from . import stock_lot_genealogy
from . import stock_lot_genealogy_uses
from . import stock_lot_link_manual
from . import stock_lot
from . import stock_move
from . import stock_move_line
from . import batch_overview
