from . import test_history_signature
from . import test_history_event
from . import test_history_chain
from . import test_history_check
from . import test_history_seal
from . import test_history_of_recall
