from datetime import datetime

from odoo.tests import BaseCase

from ...tools.notice.log import Attempt, bounced, first_to_reach


class TestNoticeLog(BaseCase):
    """Since when somebody is notified."""

    def test_notified_is_when_something_did_not_come_back(self):
        moment = datetime(2026, 11, 24)
        mail = Attempt(
            moment.replace(hour=10, minute=30),
            "mail",
            moment.replace(hour=10, minute=31),
        )
        letter = Attempt(moment.replace(hour=14), "letter")
        phone = Attempt(moment.replace(hour=16), "phone")
        for attempts in ([mail, letter, phone], [phone, letter, mail]):
            self.assertEqual(first_to_reach(attempts), letter)
            self.assertEqual(bounced(attempts), [mail])
        self.assertIsNone(first_to_reach([mail]))
        self.assertIsNone(first_to_reach([]))
