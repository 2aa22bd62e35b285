from . import test_overview
from . import test_overview_tours
from . import test_overview_recall_tours
from . import test_overview_first_steps
from . import test_overview_recalls
