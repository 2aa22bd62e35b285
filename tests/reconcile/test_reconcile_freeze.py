from odoo.tests import tagged

from ..recall.recall_case import RecallCase

#: What is written with a new row, and computed from then on.
OUTCOME = (
    "state",
    "distributed",
    "gone",
    "recovered",
    "back",
    "located",
    "on_its_way",
    "with_others",
    "unaccounted",
    "excess",
    "has_answered",
    "received_by_way",
)


@tagged("post_install", "-at_install")
class TestReconcileFreeze(RecallCase):
    """A launch writes with each row how it stands, as it would be computed."""

    def test_new_rows_say_what_would_be_computed(self):
        rows = self.launch(self.bad).consignee_ids
        self.assertTrue(rows)
        self.env.flush_all()
        written = rows.read(OUTCOME)
        for name in OUTCOME:
            self.env.add_to_compute(rows._fields[name], rows)
        self.env.flush_all()
        self.assertEqual(rows.read(OUTCOME), written)
        self.assertEqual(set(rows.mapped("state")), {"waiting"})
