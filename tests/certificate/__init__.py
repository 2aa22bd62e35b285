from . import test_certificate
from . import test_certificate_verdict
