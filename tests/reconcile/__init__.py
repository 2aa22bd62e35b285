from ..dev_libraries import installed

from . import test_reconcile_freeze
from . import test_reconcile_ledger
from . import test_reconcile_progress
from . import test_reconcile_checks
from . import test_reconcile_returns
from . import test_reconcile_closing
from . import test_reconcile_decisions
from . import test_reconcile_balance
from . import test_reconcile_effectiveness
from . import test_reconcile_figures
from . import test_reconcile_drill

if installed("hypothesis"):
    from . import test_reconcile_random_figures
    from . import test_reconcile_random_steps

if installed("openpyxl"):
    from . import test_reconcile_reports
from . import test_reconcile_over
