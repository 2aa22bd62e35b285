from ..dev_libraries import installed

from . import test_recall
from . import test_recall_numbers
from . import test_recall_steps
from . import test_recall_expand
from . import test_recall_leak
from . import test_recall_race
from . import test_recall_start
from . import test_recall_scopes
from . import test_recall_gate
from . import test_recall_banner
from . import test_recall_returned
from . import test_recall_exact_dates
from . import test_recall_paste
from . import test_recall_merged_contacts

if installed("hypothesis"):
    from . import test_recall_random_lists

if installed("hypothesis") and installed("networkx"):
    from . import test_recall_reach
