from ..dev_libraries import installed

from . import test_ledger
from . import test_ledger_lent
from . import test_done_lines_and_core
from . import test_deletion
from . import test_done_stays
from . import test_done_moves
from . import test_links_are_evidence
from . import test_origin_is_evidence
from . import test_prices_of_done_moves
from . import test_attacks

if installed("hypothesis"):
    from . import test_attacker
