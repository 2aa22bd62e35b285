from . import test_hold_decision
from . import test_hold_until
from . import test_hold_second_person
from . import test_hold_release
from . import test_hold_screen
from . import test_hold_tours
from . import test_hold_banner
from . import test_hold_settings_lowered
