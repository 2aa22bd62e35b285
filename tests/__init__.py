from . import test_batch_number
