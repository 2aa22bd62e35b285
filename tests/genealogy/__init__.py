from ..dev_libraries import installed

from . import test_genealogy_links
from . import test_genealogy_came_back
from . import test_genealogy_check_and_rebuild

if installed("hypothesis"):
    from . import test_genealogy_meeting_again
    from . import test_genealogy_random_histories
if installed("hypothesis") and installed("networkx"):
    from . import test_genealogy_path_quantity
    from . import test_genealogy_walk
