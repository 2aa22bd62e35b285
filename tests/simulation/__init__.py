from . import test_simulation_engine
from . import test_simulation
