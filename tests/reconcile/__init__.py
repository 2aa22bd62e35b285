from ..dev_libraries import installed

from . import test_reconcile_ledger
from . import test_reconcile_progress
from . import test_reconcile_checks
from . import test_reconcile_returns
from . import test_reconcile_decisions
from . import test_reconcile_reports

if installed("hypothesis"):
    from . import test_reconcile_random_steps
