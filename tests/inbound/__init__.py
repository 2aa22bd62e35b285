from . import test_inbound
from . import test_inbound_reply
