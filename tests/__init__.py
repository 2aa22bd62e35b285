from . import test_batch_number
from . import test_ir_sequence
from . import test_stock_lot_genealogy
from . import test_stock_lot_disposition
from . import test_stock_quant_removal
from . import test_stock_lot_expiry
from . import test_stock_recall
from . import test_security
