from ..dev_libraries import installed

from . import test_simulation
from . import test_simulation_of_operations

if installed("hypothesis"):
    from . import test_simulation_engine
