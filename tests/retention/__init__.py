from . import test_retention
from . import test_retention_shortening
