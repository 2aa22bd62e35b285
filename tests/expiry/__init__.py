from ..dev_libraries import installed

from . import test_expiry_at_risk
from . import test_expiry_beside_others
from . import test_expiry_cron
from . import test_expiry_dates
from . import test_expiry_recount
from . import test_expiry_installation
from . import test_expiry_logger_file
from . import test_expiry_of_receipts
from . import test_expiry_temperature

if installed("hypothesis"):
    from . import test_expiry_random_figures
