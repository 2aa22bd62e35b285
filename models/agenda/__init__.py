"""What is due in recalls, whose rules say so, who works them, when they drill."""

from . import res_company
from . import stock_recall_regime
from . import stock_recall_deadline_rule
from . import stock_recall_deadline
from . import stock_recall_plan
from . import stock_recall_plan_contact
from . import stock_recall
