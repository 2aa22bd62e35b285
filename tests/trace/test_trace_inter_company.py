from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from ...tools.trace.mass_balance import balance_of
from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestInterCompany(KitchenCase):
    """Our kitchen sells chickpeas to its sister company, which makes mash of them.

    CP-1: 20 kg received by us, 8 go through the inter-company transit location to the
    sister, who uses 5 of them for M-B (4 kg) and delivers 3 of that to the bistro. We
    deliver 2 kg of CP-1 to the market.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sister = cls.env["res.company"].create({"name": "Seneca Sauces"})
        cls.depot = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.sister.id)], limit=1
        )
        cls.transit = cls.env.ref("stock.stock_location_inter_company")
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 20)
        cls.deliver(cls.chickpeas, 2, cls.market, lot=cls.lot)
        cls.pass_on(cls.warehouse, cls.stock, cls.transit, cls.sister.partner_id)
        cls.arrived = cls.in_company(cls.sister)
        cls.pass_on(
            cls.depot, cls.transit, cls.depot.lot_stock_id, cls.company.partner_id
        )
        cls.mash_lot = cls.make_and_deliver()
        cls.ours = cls.person("ours", cls.company)
        cls.theirs = cls.person("theirs", cls.sister)
        cls.boss = cls.person("boss", cls.company | cls.sister)

    @classmethod
    def in_company(cls, company):
        """Let the rest of the scene happen in another company."""
        cls.env = cls.env(
            context={**cls.env.context, "allowed_company_ids": company.ids}
        )

    @classmethod
    def pass_on(cls, warehouse, source, target, partner):
        kind = warehouse.out_type_id if target == cls.transit else warehouse.in_type_id
        picking = cls.transfer(kind, source, target, partner)
        move = cls.add_move(picking, cls.chickpeas, 8)
        picking.action_confirm()
        picking.move_line_ids.unlink()
        cls.add_line(move, cls.lot, 8)
        cls.validate(picking)

    @classmethod
    def make_and_deliver(cls):
        stock = cls.depot.lot_stock_id
        place = cls.mash.with_company(cls.sister).property_stock_production
        lot = cls.env["stock.lot"].create({"product_id": cls.mash.id, "name": "M-B"})
        used = cls.bare_move(cls.lot.with_env(cls.env), 5, stock, place)
        made = cls.bare_move(lot, 4, place, stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = [Command.set(used.move_line_ids.ids)]
        picking = cls.transfer(cls.depot.out_type_id, stock, cls.customers, cls.bistro)
        move = cls.add_move(picking, cls.mash, 3)
        picking.action_confirm()
        picking.move_line_ids.unlink()
        cls.add_line(move, lot, 3)
        cls.validate(picking)
        return lot

    @classmethod
    def person(cls, login, companies):
        return new_test_user(
            cls.env,
            login=login,
            groups="stock.group_stock_user",
            company_id=companies[0].id,
            company_ids=[Command.set(companies.ids)],
        )

    def seen_by(self, person, lot=None):
        lot = (lot or self.lot).with_user(person)
        return lot.with_context(allowed_company_ids=person.company_ids.ids)

    def shipped(self, person):
        rows = self.seen_by(person).get_whereabouts()["shipped"]["rows"]
        return {(row["lot"], row["who"]): row["quantity"] for row in rows}

    def on_hand(self, person):
        rows = self.seen_by(person).get_whereabouts()["on_hand"]["rows"]
        return {(row["lot"], row["who"]): row["quantity"] for row in rows}

    def lots(self, person, lot, direction):
        trace = self.seen_by(person, lot).trace(direction)
        return {node["name"] for node in trace["nodes"]}

    def test_the_transfer_keeps_the_lot(self):
        self.assertFalse(self.lot.company_id)
        self.assertEqual(self.lot.sudo().product_qty, 10 + 3)

    def test_who_is_of_both_companies_sees_all_of_it(self):
        self.assertEqual(self.lots(self.boss, self.lot, "forward"), {"CP-1", "M-B"})
        self.assertEqual(self.lots(self.boss, self.mash_lot, "back"), {"CP-1", "M-B"})
        self.assertEqual(
            self.shipped(self.boss),
            {("CP-1", "Corner Market"): 2, ("M-B", "Lake Bistro"): 3},
        )
        self.assertEqual(sorted(self.on_hand(self.boss).values()), [1, 3, 10])

    def test_we_do_not_see_what_they_made_and_to_whom_it_went(self):
        self.assertEqual(self.lots(self.ours, self.lot, "forward"), {"CP-1"})
        self.assertEqual(list(self.shipped(self.ours)), [("CP-1", "Corner Market")])
        self.assertEqual(list(self.on_hand(self.ours).values()), [10])

    def test_they_do_not_see_our_customers_and_stock(self):
        self.assertEqual(self.lots(self.theirs, self.mash_lot, "back"), {"CP-1", "M-B"})
        self.assertEqual(list(self.shipped(self.theirs)), [("M-B", "Lake Bistro")])
        self.assertEqual(sorted(self.on_hand(self.theirs).values()), [1, 3])

    def balance(self, person):
        traces = self.seen_by(person).env["stock.lot.trace"]
        on_hand = traces._sum_by_lot(traces._on_hand(self.lot))
        flows = traces._flows(self.lot)[self.lot.id]
        return balance_of(flows, on_hand[self.lot.id])

    def came_in(self, person):
        traces = self.seen_by(person).env["stock.lot.trace"]
        return traces._facts(self.lot)[self.lot.id]["total"]

    def test_what_came_in_is_one_figure_for_trace_and_recall(self):
        people = self.ours, self.theirs, self.boss
        in_recall = [self.balance(person).came_in for person in people]
        in_trace = [self.came_in(person) for person in people]
        self.assertEqual(in_trace, in_recall)
        self.assertEqual(in_trace, [20, 8, 20])

    def test_what_was_passed_on_is_accounted_for(self):
        balances = [self.balance(who) for who in (self.ours, self.theirs, self.boss)]
        self.assertEqual([balance.passed_on for balance in balances], [8, 0, 0])
        self.assertEqual([balance.accounted for balance in balances], [20, 8, 20])

    def test_what_a_shared_batch_may_do_is_in_the_history_of_each_company(self):
        lot = self.seen_by(self.theirs)
        lot._set_disposition(lot._disposition("hold"), "Smells odd")
        for person in (self.theirs, self.ours):
            self.env.invalidate_all()
            events = self.seen_by(person).event_ids
            held = events.filtered(lambda event: event.kind == "disposition")
            self.assertEqual(held.mapped("reason"), ["Smells odd"])

    def test_a_recall_accounts_for_what_another_company_got(self):
        recalls = self.env["stock.recall"].with_company(self.company)
        recall = recalls.with_context(allowed_company_ids=self.company.ids)._launch(
            self.lot, "Stones", kind="drill"
        )
        line = recall.lot_ids.filtered(lambda line: line.lot_id == self.lot)
        placed = (line.on_hand, line.delivered, line.consumed, line.passed_on)
        self.assertEqual((line.came_in, placed), (20, (10, 2, 0, 8)))

    def simulated(self, company):
        today = fields.Date.today()
        simulation = self.env["stock.removal.simulation"].create(
            {
                "company_id": company.id,
                "date_from": today - timedelta(days=30),
                "date_to": today + timedelta(days=1),
                "product_ids": [Command.set(self.chickpeas.ids)],
            }
        )
        simulation.action_run()
        [line] = simulation.line_ids.filtered(lambda line: line.method == "fifo")
        return line.received, line.sold, line.lost

    def test_a_simulation_takes_in_and_gives_away_what_companies_pass_on(self):
        self.assertEqual(self.simulated(self.company), (20, 10, 0))
        self.assertEqual(self.simulated(self.sister), (8, 5, 0))
