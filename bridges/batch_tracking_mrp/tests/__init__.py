from . import test_mrp_production
from . import test_story
from . import test_tours
from . import test_mrp_removal
