"""What suppliers and authorities recall, and which of it we have."""

from . import stock_recall_inbound
from . import stock_recall_inbound_line
