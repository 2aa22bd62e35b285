from importlib.util import find_spec

from . import test_mrp_production
from . import test_production_day
from . import test_done_orders
from . import test_other_apps
from . import test_stock_lot_attribution
from . import test_stock_lot_link_source
from . import test_tours
from . import test_mrp_removal
from . import test_hold_paths
from . import test_ingredients_are_evidence
from . import test_attribution_matrix
from . import test_subcontracting
from . import test_done_lines_of_core
from . import test_stock_lot_link_of_unbuild
from . import test_unbuild_figures
from . import test_recall_hits

# The demonstration is told by a checkout; no package has it.
if find_spec("odoo.addons.batch_tracking.dev"):
    from . import test_story
