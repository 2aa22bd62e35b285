from . import test_purchase_hits
