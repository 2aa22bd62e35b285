from ..dev_libraries import installed

from . import test_order_of_effects
from . import test_disposition_of_lot
from . import test_disposition_race
from . import test_counting_is_no_movement
from . import test_counting_shared
from . import test_held_company
from . import test_left_unreleased
from . import test_no_way_out
from . import test_disposition_configuration
from . import test_disposition_of_location
from . import test_disposition_gate
from . import test_disposition_held
from . import test_disposition_paths
from . import test_disposition_picker
from . import test_disposition_tours
from . import test_release
from . import test_release_identity
from . import test_release_shared
from . import test_release_sideways

if installed("hypothesis"):
    from . import test_disposition_random_steps
