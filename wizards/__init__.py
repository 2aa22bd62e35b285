from . import history
from . import genealogy
from . import operation
from . import hold
from . import removal
from . import inspection
from . import expiry
from . import recall
