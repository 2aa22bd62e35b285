from ..dev_libraries import installed

from . import test_learning_rates
from . import test_learning_suspects

if installed("hypothesis"):
    from . import test_learning_random_figures
