from ..dev_libraries import installed

from . import test_number_bad_input
from . import test_number_characters
from . import test_number_gs1_and_look_alike
from . import test_number_sequence
from . import test_number_import
from . import test_number_stock_lot
from . import test_number_barcode
from . import test_number_uniqueness
from . import test_number_receipt
from . import test_number_company_day
from . import test_number_tours
from . import test_number_of_category

if installed("hypothesis"):
    from . import test_number_pattern
    from . import test_number_production_day
    from . import test_number_weeks
