from ..dev_libraries import installed

from . import test_agenda
from . import test_agenda_deadlines

if installed("hypothesis"):
    from . import test_agenda_random_dates
