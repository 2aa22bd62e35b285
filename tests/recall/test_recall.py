from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ...models.ledger.exceptions import DoneLineIsEvidenceError
from ...models.recall.exceptions import RecallRightMissingError
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestRecall(KitchenCase):
    """A lot of chickpeas is bad; by hand we know what it became and who has it.

    CP-1 20 kg -> M-1 (15 kg used, 5 left); M-1 10 kg -> H-1 (4), H-2 (5), 1 left.
    H-1 40: market 12, returned 2, bistro 8, scrap 3, 19 left. H-2 50: all on hand.
    H-3 is made of other chickpeas.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bad = cls.receive(cls.chickpeas, "CP-1", 20)
        cls.other = cls.receive(cls.chickpeas, "CP-2", 20)
        cls.batch = cls.produce(cls.mash, "M-1", 10, uses=[(cls.bad, 15)])
        clean = cls.produce(cls.mash, "M-2", 10, uses=[(cls.other, 15)])
        cls.first = cls.produce(cls.hummus, "H-1", 40, uses=[(cls.batch, 4)])
        cls.second = cls.produce(cls.hummus, "H-2", 50, uses=[(cls.batch, 5)])
        cls.third = cls.produce(cls.hummus, "H-3", 50, uses=[(clean, 5)])
        delivery = cls.deliver(cls.hummus, 12, cls.market, lot=cls.first)
        cls.take_back(delivery, 2)
        cls.deliver(cls.hummus, 8, cls.bistro, lot=cls.first)
        cls.scrap(cls.first, 3)
        cls.manager = cls.user("recaller", "batch_tracking.group_recall_manager")
        cls.closer = cls.user("closer", "batch_tracking.group_recall_manager")

    def launch(self, lots=None, drill=False):
        recalls = self.env["stock.recall"].with_user(self.manager)
        return recalls._launch(
            lots or self.bad, "Metal found", kind="drill" if drill else "recall"
        )

    def affected(self):
        return self.bad | self.batch | self.first | self.second

    def test_what_an_open_recall_has_counted_stays_as_it_was_done(self):
        """Even of a batch that somebody has released meanwhile."""
        recall = self.env["stock.recall"]._launch(self.bad, "Stones")
        self.first._set_disposition(self.disposition("released"), "Clean after all")
        lines = self.env["stock.move.line"].search(
            [("lot_id", "=", self.first.id), ("consignment", "=", "delivered")]
        )
        clerk = self.user("clerk")
        with self.assertRaises(DoneLineIsEvidenceError):
            lines[0].with_user(clerk).quantity = 1
        recall.state = "closed"
        lines[0].with_user(clerk).quantity = 1

    def test_it_names_exactly_the_lots_of_the_hand_count(self):
        self.assertEqual(self.launch().lot_ids.lot_id, self.affected())

    def test_it_names_exactly_the_consignees_of_the_hand_count(self):
        consignees = self.launch().consignee_ids
        self.assertEqual(
            {(line.partner_id, line.lot_id): line.net for line in consignees},
            {(self.market, self.first): 10, (self.bistro, self.first): 8},
        )

    def test_quantities_add_up(self):
        recall = self.launch()
        line = recall.lot_ids.filtered(lambda line: line.lot_id == self.first)
        self.assertEqual(
            (line.came_in, line.on_hand, line.delivered, line.removed), (40, 19, 18, 3)
        )
        self.assertEqual(recall.accounted_percent, 100)

    def test_a_missing_record_lowers_what_is_accounted_for(self):
        quant = self.second.quant_ids.filtered(lambda q: q.location_id == self.stock)
        quant.sudo().quantity -= 10
        self.assertEqual(self.launch(self.second).accounted_percent, 80)

    def test_launching_stops_everything_it_reaches_and_nothing_else(self):
        waiting = self.order(self.hummus, 5, self.bistro, lot=self.second)
        self.launch()
        recalled = self.disposition("recalled")
        self.assertEqual(self.affected().disposition_id, recalled)
        self.assertEqual(self.third.disposition_id, self.disposition("released"))
        self.assertEqual(waiting.move_line_ids.lot_id, self.third)
        with self.assertRaisesRegex(UserError, "H-2.*Recalled"):
            self.deliver(self.hummus, 1, self.market, lot=self.second)

    def test_what_it_stopped_is_among_holds_and_releases(self):
        waiting = self.order(self.hummus, 5, self.bistro, lot=self.second)
        recall = self.launch()
        decision = self.env["stock.lot.decision"].search([])
        self.assertEqual(decision.lot_ids, self.affected())
        self.assertEqual(decision.disposition_id, self.disposition("recalled"))
        self.assertEqual((decision.state, decision.user_id), ("done", self.manager))
        self.assertEqual(decision.document_name, recall.name)
        self.assertEqual(decision.action_open_document()["res_id"], recall.id)
        self.assertEqual(decision.picking_ids, waiting)
        self.launch(self.bad, drill=True)
        self.assertEqual(self.env["stock.lot.decision"].search_count([]), 1)

    def test_a_drill_stops_nothing(self):
        recall = self.launch(drill=True)
        self.assertTrue(recall.name.startswith("DRILL/"))
        self.assertEqual(recall.lot_count, 4)
        self.assertEqual(recall.consignee_count, 2)
        released = self.disposition("released")
        self.assertEqual(self.affected().disposition_id, released)

    def test_the_trace_stays_as_it_was(self):
        recall = self.launch()
        self.take_back(
            self.env["stock.picking"].search(
                [("partner_id", "=", self.bistro.id), ("state", "=", "done")], limit=1
            ),
            8,
        )
        line = recall.consignee_ids.filtered(lambda c: c.partner_id == self.bistro)
        self.assertEqual(line.net, 8)

    def test_what_comes_back_shows_in_the_open_recall(self):
        recall = self.launch()
        delivery = self.env["stock.picking"].search(
            [("partner_id", "=", self.bistro.id), ("state", "=", "done")], limit=1
        )
        self.take_back(delivery, 5)
        lines = recall.consignee_ids
        lines.invalidate_recordset()
        self.assertEqual(
            {
                line.partner_id: (line.net, line.returned_since, line.has_now)
                for line in lines
            },
            {self.market: (10, 0, 10), self.bistro: (8, 5, 3)},
        )

    def test_a_closed_recall_says_what_had_come_back_by_then(self):
        recall = self.launch()
        self.work_off(recall)
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            recall.with_user(self.closer).action_close()
        delivery = self.env["stock.picking"].search(
            [("partner_id", "=", self.bistro.id), ("state", "=", "done")], limit=1
        )
        with freeze_time(fields.Datetime.now() + timedelta(hours=2)):
            self.take_back(delivery, 5)
        lines = recall.consignee_ids
        lines.invalidate_recordset()
        self.assertFalse(any(lines.mapped("returned_since")))

    def test_the_outcome_never_adds_kilos_and_tubs(self):
        self.chickpeas.uom_id = self.env.ref("uom.product_uom_kgm")
        outcome = self.launch(drill=True)._outcome()
        self.assertEqual(outcome["on_hand"], {"kg": 5, "Units": 70})

    def test_what_left_without_an_address_is_an_unknown_consignee(self):
        self.bare_move(self.second, 7, self.stock, self.customers)._action_done()
        line = self.launch(self.second).consignee_ids
        self.assertFalse(line.partner_id)
        self.assertEqual(line.net, 7)

    def test_only_a_recall_manager_launches(self):
        clerk = self.user("clerk")
        recalls = self.env["stock.recall"].with_user(clerk)
        with self.assertRaises(RecallRightMissingError) as refusal:
            recalls._launch(self.bad, "Because")
        self.assertEqual(refusal.exception.user, clerk)
        self.assertEqual(self.bad.disposition_id, self.disposition("released"))

    def test_closing_keeps_the_lots_stopped(self):
        recall = self.launch()
        self.work_off(recall)
        recall.with_user(self.closer).action_close()
        self.assertEqual(recall.state, "closed")
        self.assertEqual(self.bad.disposition_id, self.disposition("recalled"))

    # -- the wizard

    def wizard(self, lots=None):
        wizard = self.env["stock.lot.recall"].with_user(self.manager)
        return wizard.with_context(default_lot_ids=(lots or self.bad).ids)

    def reached(self, kind, scope="worst", offset=0):
        return self.wizard().get_reached(self.bad.ids, [], scope, kind, offset)

    def test_the_wizard_shows_what_it_would_reach(self):
        lots, consignees, places = (
            self.reached(kind)["rows"] for kind in ("lots", "consignees", "places")
        )
        self.assertEqual(
            [(lot["level"], lot["name"]) for lot in lots],
            [(0, "CP-1"), (1, "M-1"), (2, "H-1"), (2, "H-2")],
        )
        self.assertEqual(
            [(row["partner"], row["quantity"]) for row in consignees],
            [("Corner Market", 10), ("Lake Bistro", 8)],
        )
        places = {(row["name"], row["quantity"]) for row in places}
        self.assertEqual(places, {("CP-1", 5), ("M-1", 1), ("H-1", 19), ("H-2", 50)})

    def test_the_wizard_launches(self):
        with Form(self.wizard()) as form:
            form.reason = "Metal found"
        action = form.record.launch()
        recall = self.env["stock.recall"].browse(action["res_id"])
        self.assertEqual(recall.lot_count, 4)

    def test_scanning_adds_a_lot(self):
        form = Form(self.wizard())
        form.number = " CP-2 "
        self.assertEqual({lot.name for lot in form.lot_ids}, {"CP-1", "CP-2"})
        self.assertFalse(form.number)

    def test_an_unknown_number_is_said(self):
        form = Form(self.wizard())
        form.number = "\n".join(f"CP-{number}" for number in range(1, 20))
        unknown = form.unknown_numbers.splitlines()
        self.assertEqual(unknown, [f"CP-{number}" for number in range(3, 20)])
        form.number = "CP-9"
        self.assertEqual(form.unknown_numbers.splitlines(), unknown)

    def test_asking_to_be_sure_launches_nothing(self):
        with Form(self.wizard()) as form:
            form.reason = "Stones"
        wizard = form.record
        recalls = self.env["stock.recall"].search_count([])
        self.assertEqual(wizard.check_complete()["res_id"], wizard.id)
        self.assertEqual(self.env["stock.recall"].search_count([]), recalls)

    def test_what_is_missing_is_said(self):
        wizard = self.env["stock.lot.recall"].with_user(self.manager).create({})
        with self.assertRaisesRegex(UserError, "No batch is chosen"):
            wizard.launch()
        wizard.lot_ids = self.bad
        with self.assertRaisesRegex(UserError, "Say why"):
            wizard.launch()
