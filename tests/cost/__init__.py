from ..dev_libraries import installed

from . import test_cost_in_currencies
from . import test_cost_after_update
from . import test_cost_of_lot

if installed("hypothesis"):
    from . import test_cost_of_operations
    from . import test_cost_of_receipts
from . import test_cost_history
