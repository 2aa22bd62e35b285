from . import test_expiry_beside_others
from . import test_expiry_cron
from . import test_expiry_dates
from . import test_expiry_installation
