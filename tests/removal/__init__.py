from ..dev_libraries import installed

from . import test_removal_merged_contacts
from . import test_removal_femal
from . import test_removal_eligibility
from . import test_removal_explanation
from . import test_removal_reservation_context
from . import test_removal_concurrency
from . import test_removal_extension
from . import test_removal_tours
from . import test_removal_eligibility_paths

if installed("hypothesis"):
    from . import test_removal_remaining_life
    from . import test_removal_expired
    from . import test_removal_order
    from . import test_removal_random_steps
