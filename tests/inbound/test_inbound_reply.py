import base64

from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...models.inbound.exceptions import ReplyIsSentError, ReplyStepError
from ..recall.recall_case import RecallCase


class InboundCase(RecallCase):
    """Chickpeas CP-1 are the supplier's LOT 77; he recalls that, and LOT 99."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bad.supplier_lot_name = "LOT 77"
        cls.supplier.email = "recalls@pulses.example"

    def receive_notice(self, *lots, **values):
        named = [("Chickpeas, dry", lot) for lot in lots or ("LOT 77", "LOT 99")]
        notices = self.env["stock.recall.inbound"].with_user(self.manager)
        return notices._receive(self.supplier, "R-2026/4", named, **values)

    def events_of(self, notice):
        return self.env["stock.lot.event"].search(
            [("res_model", "=", notice._name), ("res_id", "=", notice.id)], order="id"
        )


@tagged("post_install", "-at_install")
class TestInboundReply(InboundCase):
    """Our reply to a notice is filled from our stock."""

    def reply(self, notice=None):
        notice = notice or self.receive_notice()
        action = notice.action_reply()
        return (
            self.env[action["res_model"]]
            .with_user(self.manager)
            .browse(action["res_id"])
        )

    def line(self, reply, lot):
        return reply.line_ids.filtered(lambda line: line.supplier_lot_name == lot)

    def test_what_became_of_each_batch(self):
        line = self.line(self.reply(), "LOT 77")
        self.assertEqual(
            (line.received, line.on_hand, line.quarantined, line.used), (20, 5, 0, 15)
        )
        self.assertEqual((line.delivered, line.returned, line.not_located), (0, 0, 0))
        self.assertEqual((line.lot_name, line.unit), ("CP-1", "Units"))
        self.assertIn("Mash (1 batches)", line.used_in)

    def test_a_batch_that_we_never_had(self):
        line = self.line(self.reply(), "LOT 99")
        self.assertEqual((line.received, line.on_hand), (0, 0))
        reply = self.reply(self.receive_notice("LOT 98", version="2"))
        self.assertTrue(reply.has_none)

    def test_what_is_stopped_is_set_apart(self):
        self.launch()
        self.assertEqual(self.line(self.reply(), "LOT 77").quarantined, 5)

    def test_what_was_scrapped_and_what_went_back_to_the_supplier(self):
        self.scrap(self.bad, 1)
        picking = self.transfer(
            self.warehouse.out_type_id, self.stock, self.suppliers, self.supplier
        )
        move = self.add_move(picking, self.chickpeas, 3)
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, self.bad, 3)
        self.validate(picking)
        line = self.line(self.reply(), "LOT 77")
        self.assertEqual((line.on_hand, line.removed, line.returned), (1, 1, 3))
        self.assertEqual(line.not_located, 0)

    def test_customers_are_counted_and_never_named(self):
        self.deliver(self.hummus, 3, self.bistro, lot=self.second)
        reply = self.reply()
        self.assertEqual(reply.consignee_count, 2)
        _name, content = reply._file()
        reports = self.env["ir.actions.report"]
        html = reports._render_qweb_html(
            "batch_tracking.report_stock_recall_inbound_reply", reply.ids
        )[0].decode()
        self.assertIn("LOT 77", html)
        self.assertIn("Figures as of", html)
        for name in (self.market.name, self.bistro.name):
            self.assertNotIn(name, html)
            self.assertNotIn(name.encode(), base64.b64decode(content))

    def test_the_one_that_waits_is_opened_again(self):
        notice = self.receive_notice()
        self.assertEqual(self.reply(notice), self.reply(notice))
        self.assertEqual(notice.reply_state, "draft")

    def test_people_change_it_and_fill_it_again(self):
        reply = self.reply()
        with Form(reply) as form:
            form.note = "The rest is being counted"
            with form.line_ids.edit(0) as line:
                line.on_hand = 4
        line = self.line(reply, "LOT 77")
        self.assertEqual((line.on_hand, line.not_located), (4, 1))
        reply.action_fill()
        self.assertEqual(self.line(reply, "LOT 77").on_hand, 5)
        self.assertEqual(reply.note, "The rest is being counted")

    def test_it_goes_by_mail_with_the_reply_attached(self):
        reply = self.reply()
        action = reply.action_send()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.manager)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("R-2026/4", composer.subject)
        self.assertEqual(composer.partner_ids, self.supplier)
        self.assertIn("Reply to R-2026-4", composer.attachment_ids.name)
        composer._action_send_mail()
        self.assertEqual((reply.state, reply.sent_user_id), ("sent", self.manager))
        message = reply.message_ids[0]
        self.assertEqual(message.partner_ids, self.supplier)
        self.assertTrue(message.attachment_ids)
        self.assertIn("Reply sent", self.events_of(reply.inbound_id).mapped("what"))

    def test_what_was_sent_stays_as_it_is(self):
        reply = self.reply()
        reply.action_mark_sent()
        changes = (
            lambda: reply.write({"note": "Other"}),
            lambda: reply.line_ids.write({"on_hand": 1}),
            reply.line_ids[0].unlink,
            reply.unlink,
            reply.action_fill,
            reply.action_mark_sent,
        )
        for change in changes:
            with self.assertRaises(ReplyIsSentError):
                change()
        newer = self.reply(reply.inbound_id)
        self.assertNotEqual(newer, reply)

    def test_nobody_says_by_hand_that_it_was_sent(self):
        reply = self.reply()
        with self.assertRaises(ReplyStepError):
            reply.state = "sent"
        clerk = reply.with_user(self.user("clerk"))
        for step in ("action_fill", "action_send", "action_mark_sent"):
            with self.assertRaises(AccessError):
                getattr(clerk, step)()


@tagged("post_install", "-at_install")
class TestInboundVersion(InboundCase):
    """A notice comes again, and says more than before."""

    def test_a_newer_version_replaces_the_one_before(self):
        first = self.receive_notice("LOT 77", version="1")
        second = self.receive_notice("LOT 77", "LOT 78", version="2")
        self.assertNotEqual(first, second)
        self.assertEqual((second.previous_id, first.next_id), (first, second))
        self.assertEqual((first.is_latest, second.is_latest), (False, True))
        self.assertEqual(second.changes, "New: LOT 78.")
        self.assertEqual(len(first.line_ids), 1)
        notices = first | second
        latest = notices.search([("is_latest", "=", True), ("id", "in", notices.ids)])
        self.assertEqual(latest, second)

    def test_what_is_no_longer_named_is_said(self):
        self.receive_notice("LOT 77", version="1")
        second = self.receive_notice("LOT 78", version="2")
        self.assertIn("LOT 77", second.changes)
        third = self.receive_notice("LOT 78", version="3")
        self.assertEqual(third.changes, "It names the same batches.")

    def test_the_same_version_however_written_is_one(self):
        first = self.receive_notice("LOT 77", version="Version 2")
        self.assertEqual(self.receive_notice("LOT 77", version="v2"), first)
        self.assertEqual(self.receive_notice("LOT 77"), first)

    def test_typed_in_it_is_welcome(self):
        first = self.receive_notice("LOT 77")
        form = Form(self.env["stock.recall.inbound"].with_user(self.manager))
        form.firm_id = self.supplier
        form.number = "r 2026-4"
        form.version = "2"
        with form.line_ids.new() as line:
            line.product_name = "Chickpeas, dry"
            line.supplier_lot_name = "LOT 77"
        self.assertEqual(form.save().previous_id, first)

    def test_it_leaves_an_event(self):
        self.receive_notice("LOT 77", version="1")
        second = self.receive_notice("LOT 77", "LOT 78", version="2")
        event = self.events_of(second)
        self.assertEqual(event.what, "Newer version of a notice received")
        self.assertEqual((event.old_value, event.new_value), ("1", "2"))
        self.assertEqual((event.lot_id, event.reason), (self.bad, "New: LOT 78."))

    def test_our_open_recall_takes_in_what_is_new(self):
        first = self.receive_notice("LOT 77", version="1")
        recall = self.recalls().browse(first.action_recall()["res_id"])
        recall.action_launch()
        more = self.receive(self.chickpeas, "CP-9", 7)
        more.supplier_lot_name = "LOT 78"
        second = self.receive_notice("LOT 77", "LOT 78", version="2")
        self.assertEqual(second.recall_id, recall)
        self.assertEqual(second.missing_lot_ids, more)
        second.action_add_to_recall()
        self.assertIn(more, recall.lot_ids.lot_id)
        self.assertEqual(recall.version, 2)
        self.assertEqual(more.disposition_id, self.disposition("recalled"))
        second.invalidate_recordset()
        self.assertFalse(second.missing_lot_ids)

    def test_a_draft_takes_it_in_as_well(self):
        first = self.receive_notice("LOT 77", version="1")
        recall = self.recalls().browse(first.action_recall()["res_id"])
        more = self.receive(self.chickpeas, "CP-9", 7)
        more.supplier_lot_name = "LOT 78"
        self.receive_notice("LOT 77", "LOT 78", version="2").action_add_to_recall()
        self.assertEqual(recall.suspect_ids, self.bad | more)

    def test_a_closed_recall_is_left_alone(self):
        first = self.receive_notice("LOT 77", version="1")
        recall = self.recalls().browse(first.action_recall()["res_id"])
        recall._cancel("A mistake")
        more = self.receive(self.chickpeas, "CP-9", 7)
        more.supplier_lot_name = "LOT 78"
        second = self.receive_notice("LOT 77", "LOT 78", version="2")
        new = self.recalls().browse(second.action_add_to_recall()["res_id"])
        self.assertNotEqual(new, recall)
        self.assertEqual(new.suspect_ids, self.bad | more)
