from . import trace
from . import recall_notice
