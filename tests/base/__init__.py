from . import test_exceptions
from . import test_examples
from . import test_other_jobs
from . import test_other_jobs_of_apps
from . import test_missing_bridges
from . import test_menus
from . import test_role_rights
from . import test_role_screens
