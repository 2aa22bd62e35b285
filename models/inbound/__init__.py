"""What suppliers and authorities recall, which of it we have, what we reply to them."""

from . import stock_recall_inbound
from . import stock_recall_inbound_line
from . import stock_recall_inbound_version
from . import stock_recall_inbound_reply
from . import stock_recall_inbound_reply_line
from . import stock_recall_inbound_replying
