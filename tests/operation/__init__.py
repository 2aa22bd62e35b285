from . import test_operation_follow
from . import test_operation
from . import test_operation_bad_input
from . import test_operation_of_several
from . import test_operation_shared
