from ..dev_libraries import installed

from . import test_inspection
from . import test_inspection_plan
from . import test_inspection_rights
from . import test_inspection_on_receipt
from . import test_inspection_of_lot
from . import test_inspection_evidence
from . import test_inspection_trend
from . import test_inspection_tours
from . import test_inspection_banner
from . import test_inspection_precedence
from . import test_inspection_due
from . import test_inspection_decided

if installed("hypothesis"):
    from . import test_inspection_rules
