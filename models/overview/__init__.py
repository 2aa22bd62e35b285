"""The home of the app; the cards are in the rooms that they tell of."""

from . import res_company
from . import batch_overview
from . import stock_recall
