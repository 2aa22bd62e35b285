from . import test_remedy_quarantine
from . import test_remedy_hits
from . import test_remedy_replacements
from . import test_remedy_steps
from . import test_remedy_job
from . import test_remedy_cost
from . import test_remedy_wishes
from . import test_remedy_links
