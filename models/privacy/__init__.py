"""What is erased of people when a recall is over; the rest is evidence, and is kept."""

from . import stock_recall_plan
from . import stock_recall
