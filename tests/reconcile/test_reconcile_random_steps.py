from collections import Counter

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from odoo.tests import tagged

from ...models.answer.exceptions import AnswerRefusedError, AnswerTooLateError
from ...models.answer.stock_recall_answering import Answer
from ...models.reconcile.exceptions import NothingToReturnError
from ...tools.answer.ledger import Onward, Told
from ...tools.reconcile.tiers import chain_of
from ..answer.answer_case import AnswerCase
from ..dev_libraries import is_long_run
from .recall_in_disorder import RecallInDisorder

#: How many histories, and how many steps of each.
NORMAL, LONG = (8, 15), (80, 40)
STEPS = (
    "answered",
    "refused",
    "too late",
    "back",
    "fetched",
    "next tier",
    "given up",
    "expanded",
    "told",
    "told anew",
)


@tagged("post_install", "-at_install")
class TestReconcileRandomSteps(AnswerCase):
    """Whatever happens in whatever order, nothing is recovered twice, and none lost."""

    def test_the_ledger_adds_up(self):
        self.seen = Counter()
        histories, steps = LONG if is_long_run() else NORMAL
        machine = type("Disorder", (RecallInDisorder,), {"case": self})
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=histories,
                stateful_step_count=steps,
                deadline=None,
                derandomize=True,
                phases=(Phase.explicit, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )
        for step in STEPS:
            self.assertTrue(self.seen[step], f"it never came to this: {step}")

    def begin(self):
        self.keys = 0
        self.market.email = "market@example.com"
        self.deliver(self.hummus, 6, self.market, lot=self.other)
        self.recalls, self.came_before = [], {}
        self.do_launch(self.first | self.second)

    def do_launch(self, lots):
        # Times have seconds: what came in before is told apart by what there was.
        came_before = self.returned_lines(lots)
        recall = self.launch(lots)
        self.recalls.append(recall)
        self.came_before[recall] = came_before

    def returned_lines(self, lots):
        return self.env["stock.move.line"].search(
            [("lot_id", "in", lots.ids), ("consignment", "=", "returned")]
        )

    @property
    def recall(self):
        return self.recalls[-1]

    def pick(self, number):
        rows = self.recall.consignee_ids.sorted("id")
        return rows[number % len(rows)]

    # -- steps

    def do_answer(self, number, told, twice):
        row = self.pick(number)
        names = ("on_hand", "used", "returned", "destroyed", "passed_on")
        whole = row.distributed
        quantities = {
            name: whole * tenths / 10 for name, tenths in zip(names, told, strict=True)
        }
        if quantities["passed_on"]:
            shop = Onward(f"Shop {len(self.recall.answer_ids)}")
            quantities["passed_to"] = (shop._replace(quantity=quantities["passed_on"]),)
        self.keys += 1
        answer = Answer("told", "page", {row: Told(**quantities)}, key=str(self.keys))
        before = len(self.recall.answer_ids)
        try:
            for _time in range(1 + twice):
                self.recall._take_answer(row.partner_id, answer)
        except AnswerRefusedError:
            self.assertGreater(sum(told), 10)
            self.seen["refused"] += 1
        except AnswerTooLateError:
            self.seen["too late"] += 1
        else:
            self.assertEqual(len(self.recall.answer_ids), before + 1)
            self.seen["answered"] += 1
            return
        self.assertEqual(len(self.recall.answer_ids), before)

    def do_decline(self, number):
        if self.recall._takes_answers():
            row = self.pick(number)
            told = {row: Told(is_declined=True, note="No")}
            answer = Answer("told", "page", told)
            self.recall._take_answer(row.partner_id, answer)

    def do_come_back(self, number, quantity):
        deliveries = self.env["stock.picking"].search(
            [
                ("state", "=", "done"),
                ("picking_type_code", "=", "outgoing"),
                ("move_line_ids.lot_id", "in", self.recall.lot_ids.lot_id.ids),
            ]
        )
        delivery = deliveries[number % len(deliveries)]
        back = delivery.move_ids.returned_move_ids.filtered(lambda m: m.state == "done")
        left = sum(delivery.move_ids.mapped("quantity")) - sum(back.mapped("quantity"))
        if left >= quantity:
            self.take_back(delivery, quantity)
            self.seen["back"] += 1

    def do_send_straight(self, number, quantity):
        """Somebody behind a consignee sends goods straight to us."""
        row = self.pick(number)
        if row.tier == 1 or row.received_back + quantity > row.distributed:
            return
        place = self.customers
        picking = self.transfer(
            self.warehouse.in_type_id, place, self.stock, row.partner_id
        )
        move = self.add_move(picking, self.hummus, quantity)
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, row.lot_id, quantity)
        self.validate(picking)
        self.seen["straight"] += 1

    def do_fetch(self, done):
        try:
            action = self.recall.consignee_ids.action_prepare_returns()
        except NothingToReturnError:
            return
        for picking in self.env["stock.picking"].search(action["domain"]):
            if done:
                self.validate(picking)
        self.seen["fetched"] += 1

    def do_expand(self):
        """Bring one more batch in, when those before are told, and tell of it."""
        recall = self.recall
        self.do_notify()
        if not recall._is_open() or self.other in recall.lot_ids.lot_id:
            return
        self.came_before[recall] |= self.returned_lines(self.other)
        recall._expand(self.other, "The same kettle")
        self.seen["expanded"] += 1
        self.do_notify()

    def do_notify(self):
        """Approve and send what is to be sent; nothing else does."""
        recall = self.recall.sudo()
        drafts = recall.notice_ids.filtered(lambda notice: notice.state == "draft")
        if not recall._is_open() or not drafts:
            return
        recall._approve(drafts)
        recall._queue_notices()
        waiting = recall.notice_ids.attempt_ids.filtered(lambda a: not a.sent_at)
        waiting._arrive()
        self.seen["told anew" if recall.version > 1 else "told"] += bool(waiting)

    def do_name_the_next(self):
        onward = self.env["stock.recall.answer.onward"].search(
            [("recall_id", "=", self.recall.id), ("consignee_id", "=", False)]
        )
        if onward and self.recall._is_open():
            onward.with_user(self.manager).action_add()
            self.seen["next tier"] += 1

    def do_give_up(self, number):
        if self.recall._is_open():
            self.pick(number).with_user(self.manager)._waive("Tried everything")
            self.seen["given up"] += 1

    def do_launch_another(self):
        if len(self.recalls) == 1:
            self.do_launch(self.first)

    def do_close(self):
        self.recall.sudo().write({"state": "closed"})
        self.do_answer(0, (1, 0, 0, 0, 0), twice=False)

    # -- what always holds

    def check(self):
        for recall in self.recalls:
            rows = recall.consignee_ids
            lines = [(row.tier, row._settled().line) for row in rows]
            for row, (_tier, line) in zip(rows, lines, strict=True):
                self.assert_row_adds_up(row, line)
            (found,) = recall._chains().values()
            summed = chain_of(lines)
            for name in ("distributed", "recovered", "located", "unaccounted"):
                self.assertAlmostEqual(getattr(found, name), getattr(summed, name))
            self.assert_nothing_is_recovered_twice(recall)
            self.assert_nobody_is_told_twice(recall.sudo())

    def assert_row_adds_up(self, row, line):
        self.assertAlmostEqual(
            line.known + row.unaccounted - row.excess, row.distributed
        )
        self.assertLessEqual(row.recovered, row.distributed + 1e-6)
        self.assertGreaterEqual(min(line), 0)

    def assert_nothing_is_recovered_twice(self, recall):
        rows = recall.consignee_ids
        if recall._is_open():
            came = self.returned_lines(recall.lot_ids.lot_id)
            since = came - self.came_before[recall]
            self.assertAlmostEqual(
                sum(since.mapped("quantity_product_uom")),
                sum(rows.mapped("received_back")),
            )
        # Whoever says what: no more is back than came in by our own documents.
        self.assertLessEqual(
            sum(rows.mapped("back")), sum(rows.mapped("received_back")) + 1e-6
        )

    def assert_nobody_is_told_twice(self, recall):
        """One notice per consignee and version, and one mail of each."""
        notices = recall.notice_ids
        of_whom = Counter(
            (notice.partner_id, notice.purpose, notice.version) for notice in notices
        )
        self.assertFalse([who for who, times in of_whom.items() if times > 1])
        mails = Counter(attempt.notice_id for attempt in notices.attempt_ids)
        self.assertFalse([notice for notice, times in mails.items() if times > 1])
