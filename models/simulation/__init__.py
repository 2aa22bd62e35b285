"""What another strategy would have done."""

from . import stock_removal_simulation
from . import stock_removal_simulation_history
from . import stock_removal_simulation_line
