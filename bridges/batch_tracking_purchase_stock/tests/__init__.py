from . import test_purchase_hits
from . import test_vendor_is_evidence
