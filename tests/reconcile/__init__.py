from ..dev_libraries import installed

from . import test_reconcile_ledger
from . import test_reconcile_progress
from . import test_reconcile_checks
from . import test_reconcile_returns
from . import test_reconcile_closing
from . import test_reconcile_decisions

if installed("hypothesis"):
    from . import test_reconcile_random_steps

if installed("openpyxl"):
    from . import test_reconcile_reports
