from . import recall
from . import recall_files
from . import trace
from . import recall_notice
