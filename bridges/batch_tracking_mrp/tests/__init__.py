from . import test_mrp_production
from . import test_other_apps
from . import test_stock_lot_attribution
from . import test_stock_lot_link_source
from . import test_story
from . import test_tours
from . import test_mrp_removal
from . import test_attribution_matrix
