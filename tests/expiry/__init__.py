from . import test_expiry_cron
