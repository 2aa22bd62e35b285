from . import test_recall
from . import test_recall_banner
from . import test_recall_returned
