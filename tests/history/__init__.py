from ..dev_libraries import installed

from . import test_history_signature
from . import test_history_event
from . import test_history_check
from . import test_history_seal
from . import test_history_of_recall
from . import test_history_chain_inserted

if installed("hypothesis"):
    from . import test_history_chain
