from . import test_point_of_sale
from . import test_till_refunds
