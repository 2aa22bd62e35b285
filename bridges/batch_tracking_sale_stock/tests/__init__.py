from . import test_sale_hits
from . import test_credit_notes
from . import test_credit_without_order
from . import test_replacement_orders
from . import test_links
