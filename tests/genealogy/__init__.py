from . import test_genealogy_random_histories
from . import test_genealogy_links
from . import test_genealogy_path_quantity
from . import test_genealogy_walk
from . import test_genealogy_check_and_rebuild
