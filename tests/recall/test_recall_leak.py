from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from .recall_case import RecallCase


@tagged("post_install", "-at_install")
class TestLeak(RecallCase):
    """Whether anything has left since the launch is proved by what had left by then."""

    def leak(self, lot, quantity):
        """Let goods leave as if nothing had been stopped."""
        lot.sudo()._set_disposition(self.disposition("released"), "By mistake")
        return self.deliver(lot.product_id, quantity, self.bistro, lot=lot)

    def test_nothing_left(self):
        recall = self.launch()
        self.assertEqual(recall._leaked(), {})
        recall.action_check_leak()
        self.assertIn("no unit of these batches left", recall.leak_statement)
        self.assertEqual(self.events(recall)[-1], "Checked for leaks")

    def test_what_left_is_told_with_its_documents(self):
        recall = self.launch()
        delivery = self.leak(self.second, 6)
        [(line, amount)] = recall._leaked().items()
        self.assertEqual((line.lot_id, amount), (self.second, 6))
        recall.action_check_leak()
        self.assertIn("6 Units", recall.leak_statement)
        [open_leak] = self.env["stock.move.line"].search(
            recall.action_open_leaks()["domain"]
        )
        self.assertEqual(open_leak.picking_id, delivery)
        self.assertEqual(recall.banner["notices"][0]["level"], "danger")

    def test_a_date_before_the_launch_hides_nothing(self):
        recall = self.launch()
        delivery = self.leak(self.second, 6)
        before = fields.Datetime.now() - timedelta(days=3)
        self.env.cr.execute(
            "UPDATE stock_move_line SET date = %s WHERE picking_id = %s",
            [before, delivery.id],
        )
        self.assertEqual(list(recall._leaked().values()), [6])

    def test_what_comes_back_hides_nothing(self):
        recall = self.launch()
        delivery = self.leak(self.second, 6)
        self.take_back(delivery, 6)
        self.assertEqual(list(recall._leaked().values()), [6])

    def test_use_in_production_counts_and_scrap_does_not(self):
        recall = self.launch()
        self.scrap(self.second, 3)
        self.assertEqual(recall._leaked(), {})
        self.second.sudo()._set_disposition(self.disposition("released"), "By mistake")
        production = self.mash.property_stock_production
        self.bare_move(self.second, 2, self.stock, production)._action_done()
        self.assertEqual(list(recall._leaked().values()), [2])

    def test_what_is_cleared_may_leave(self):
        recall = self.launch()
        recall._clear(self.second, "Tested")
        self.deliver(self.hummus, 5, self.market, lot=self.second)
        self.assertEqual(recall._leaked(), {})

    def test_what_came_later_counts_from_then_on(self):
        more = self.receive(self.hummus, "H-7", 20)
        recall = self.launch()
        self.deliver(self.hummus, 5, self.market, lot=more)
        recall._expand(more, "The same line")
        self.assertEqual(recall._leaked(), {})


@tagged("post_install", "-at_install")
class TestUnstopped(RecallCase):
    """What could not be stopped is said first."""

    def test_deliveries_of_the_last_days_may_be_on_the_road(self):
        recall = self.launch()
        found = recall.unstopped["delivery"]
        self.assertEqual(found["amounts"], {"Units": 12})
        lines = self.env["stock.move.line"].search(
            recall.action_open_delivery()["domain"]
        )
        self.assertEqual(lines.picking_id.partner_id, self.market)
        self.assertEqual((lines.quantity, lines.came_back), (12, 0))
        notice = recall.banner["notices"][0]
        self.assertIn("12 Units were delivered", notice["text"])

    def test_what_came_back_before_the_launch_is_not_on_the_road(self):
        sent = self.env["stock.move.line"].search(
            [("lot_id", "=", self.first.id), ("consignment", "=", "delivered")]
        )
        back = self.bare_move(self.first, 5, self.customers, self.stock)
        back.origin_returned_move_id = sent.move_id
        back._action_done()
        recall = self.launch()
        self.assertEqual(recall.unstopped["delivery"]["amounts"], {"Units": 7})
        lines = sent.search(recall.action_open_delivery()["domain"])
        self.assertEqual((lines.quantity, lines.came_back), (12, 5))

    def test_what_came_back_all_of_it_is_nowhere_on_the_road(self):
        sent = self.env["stock.move.line"].search(
            [("lot_id", "=", self.first.id), ("consignment", "=", "delivered")]
        )
        back = self.bare_move(self.first, 12, self.customers, self.stock)
        back.origin_returned_move_id = sent.move_id
        back._action_done()
        self.assertNotIn("delivery", self.launch().unstopped or {})

    def test_goods_between_companies_are_told(self):
        transit = self.env["stock.location"].create(
            {"name": "Between us", "usage": "transit", "company_id": False}
        )
        self.bare_move(self.second, 4, self.stock, transit)._action_done()
        recall = self.launch(self.second)
        self.assertEqual(recall.unstopped["inter_company"]["amounts"], {"Units": 4})
        quants = self.env["stock.quant"].search(
            recall.action_open_inter_company()["domain"]
        )
        self.assertEqual(quants.lot_id, self.second)

    def make_elsewhere(self):
        """Have a company of the group hold some of a batch that both share."""
        company = self.env["res.company"].create({"name": "Sister Kitchen"})
        lot = self.make_lot(self.hummus, "H-9", company_id=False)
        other = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        self.bare_move(lot, 5, self.suppliers, self.stock)._action_done()
        move = self.env["stock.move"].create(
            {
                "product_id": lot.product_id.id,
                "product_uom_qty": 7,
                "location_id": self.suppliers.id,
                "location_dest_id": other.lot_stock_id.id,
                "company_id": company.id,
            }
        )
        move._action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, lot, 7)
        move.picked = True
        move._action_done()
        return company, lot

    def texts(self, recall):
        return [notice["text"] for notice in recall.banner["notices"]]

    def test_what_other_companies_hold_of_it_is_said_and_none_is_named(self):
        _company, lot = self.make_elsewhere()
        texts = self.texts(self.launch(lot))
        said = [text for text in texts if "1 other companies" in text]
        self.assertTrue(said, texts)
        self.assertFalse([text for text in texts if "Sister" in text])

    def test_it_is_said_before_the_launch_as_well(self):
        _company, lot = self.make_elsewhere()
        wizards = self.env["stock.lot.recall"].with_user(self.manager)
        wizard = wizards.create({"lot_ids": [(4, lot.id)], "reason": "Metal found"})
        self.assertIn("1 other companies", wizard.elsewhere_warning)
        self.assertNotIn("Sister", wizard.elsewhere_warning)
        wizard.lot_ids = self.first.with_env(wizard.env)
        self.assertFalse(wizard.elsewhere_warning)

    def test_of_a_company_of_ones_own_it_is_said_which(self):
        company, lot = self.make_elsewhere()
        self.manager.company_ids |= company
        recalls = self.recalls().with_context(allowed_company_ids=self.company.ids)
        texts = self.texts(recalls._launch(lot.with_env(recalls.env), "Metal found"))
        said = [text for text in texts if "not stopped in Sister Kitchen" in text]
        self.assertTrue(said, texts)

    def test_with_both_companies_nothing_is_left_out(self):
        company, lot = self.make_elsewhere()
        self.manager.company_ids |= company
        both = self.company | company
        recalls = self.recalls().with_context(allowed_company_ids=both.ids)
        recall = recalls._launch(lot.with_env(recalls.env), "Metal found")
        self.assertFalse(recall.elsewhere)

    def test_nothing_out_of_reach(self):
        inside = self.receive(self.hummus, "H-8", 5)
        self.assertFalse(self.launch(inside).unstopped)

    def test_transfers_that_lost_batches_are_listed(self):
        waiting = self.order(self.hummus, 5, self.bistro, lot=self.second)
        recall = self.launch()
        self.assertEqual(recall._hit_transfers(), waiting)
