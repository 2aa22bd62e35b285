"""Tell: a notice for each consignee, what it says, how it went out, what came back."""

from . import stock_recall_notice_template
from . import stock_recall_notice_text
from . import stock_recall_notice_attempt
from . import stock_recall_notice_try
from . import stock_recall_notice
from . import stock_recall_notice_rows
from . import stock_recall_notice_told
from . import stock_recall_notice_body
from . import stock_recall_consignee
from . import stock_recall
from . import stock_recall_first
from . import stock_recall_later
from . import stock_recall_contents
from . import stock_recall_approval
from . import stock_recall_approval_step
from . import stock_recall_sending
from . import stock_recall_follow_up
from . import stock_recall_notice_mail
from . import batch_job_failure
from . import mail_mail
from . import stock_recall_publication
