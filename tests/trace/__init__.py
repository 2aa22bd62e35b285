from ..dev_libraries import installed

from . import test_trace_tours
from . import test_trace_inter_company
from . import test_trace_partner
from . import test_trace_graph
from . import test_trace_api
from . import test_trace_consignee
from . import test_trace_shapes

if installed("hypothesis"):
    from . import test_trace_core_deliveries
if installed("openpyxl"):
    from . import test_trace_export
