from . import test_expiry_beside_others
from . import test_expiry_cron
