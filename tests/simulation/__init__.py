from ..dev_libraries import installed

from . import test_simulation

if installed("hypothesis"):
    from . import test_simulation_engine
