from . import test_unit_cost
