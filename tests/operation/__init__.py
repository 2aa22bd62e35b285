from . import test_operation_follow
from . import test_operation
