from ..dev_libraries import installed

from . import test_trace_tours
from . import test_trace_inter_company
from . import test_trace_partner
from . import test_trace_written_off
from . import test_trace_merged_contacts
from . import test_trace_graph
from . import test_trace_api
from . import test_trace_bad_input
from . import test_trace_consignee
from . import test_trace_readdressed
from . import test_trace_who_has_it
from . import test_trace_figures

if installed("hypothesis"):
    from . import test_trace_core_deliveries
    from . import test_trace_groups_and_returns
if installed("openpyxl"):
    from . import test_trace_export
if installed("openpyxl") and installed("hypothesis"):
    from . import test_trace_workbook
