from . import test_examples
from . import test_other_jobs
