from psycopg2 import IntegrityError

from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .. import hooks
from .common import KitchenCase


@tagged("post_install", "-at_install")
class TestHooks(KitchenCase):
    """Coming into a database that was there before, and leaving it again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.made = cls.produce(cls.mash, "M-1", 5, uses=[(cls.raw, 4)])

    def add_duplicate(self):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "INSERT INTO stock_lot (product_id, name) VALUES (%s, 'CP-1')",
                self.chickpeas.id,
            )
        )

    def test_the_database_keeps_numbers_unique(self):
        with (
            self.assertRaises(IntegrityError),
            mute_logger("odoo.sql_db"),
            self.env.cr.savepoint(),
        ):
            self.add_duplicate()

    def test_old_lots_get_a_disposition_and_their_links(self):
        self.env.flush_all()
        self.env["stock.lot"]._allow_no_disposition()
        self.env.cr.execute("UPDATE stock_lot SET disposition_id = NULL")
        self.env.cr.execute("DELETE FROM stock_lot_link")
        hooks.post_init_hook(self.env)
        self.raw.invalidate_recordset()
        self.assertEqual(self.raw.disposition_id, self.disposition("released"))
        link = self.env["stock.lot.link"].search([])
        self.assertEqual((link.parent_lot_id, link.child_lot_id), (self.raw, self.made))
        self.assertEqual(link.parent_quantity, 4)

    def allows_none(self):
        """Tell whether the database takes lots without a disposition."""
        self.env.cr.execute(
            "SELECT is_nullable FROM information_schema.columns"
            " WHERE table_name = 'stock_lot' AND column_name = 'disposition_id'"
        )
        return self.env.cr.fetchone() == ("YES",)

    def test_a_disposition_is_required_from_the_last_step_on(self):
        self.env["stock.lot"]._allow_no_disposition()
        self.assertTrue(self.allows_none())
        hooks.post_init_hook(self.env)
        self.assertFalse(self.allows_none())
        # As an update does, which comes from a version that did not require it.
        self.env["stock.lot"]._allow_no_disposition()
        self.env.cr.execute("UPDATE stock_lot SET disposition_id = NULL")
        self.env["stock.lot"].init()
        self.assertFalse(self.allows_none())
        self.raw.invalidate_recordset()
        self.assertEqual(self.raw.disposition_id, self.disposition("released"))
        hooks.uninstall_hook(self.env)
        self.assertTrue(self.allows_none())

    def test_old_lots_get_the_origin_that_records_tell(self):
        lines = self.env["stock.move.line"]
        made = lines.search([("lot_id", "=", self.made.id)])
        # In New York it is the evening before.
        made.date = "2026-03-05 02:00:00"
        later = self.make_partner("Second supplier")
        picking = self.transfer(
            self.warehouse.in_type_id, self.suppliers, self.stock, later
        )
        move = self.add_move(picking, self.chickpeas, 3)
        picking.action_confirm()
        move.move_line_ids.unlink()
        self.add_line(move, self.raw, 3)
        self.validate(picking)
        known = self.receive(self.chickpeas, "CP-2", 10)
        known.supplier_id = later
        (self.raw | self.made).write({"supplier_id": False, "production_date": False})
        self.env["stock.lot"]._fill_origins()
        self.assertEqual(self.raw.supplier_id, self.supplier)
        self.assertFalse(self.raw.production_date)
        self.assertEqual(str(self.made.production_date), "2026-03-04")
        self.assertFalse(self.made.supplier_id)
        self.assertEqual(known.supplier_id, later)

    def test_installing_looks_for_the_origin_of_old_lots(self):
        self.raw.supplier_id = False
        hooks.post_init_hook(self.env)
        self.assertEqual(self.raw.supplier_id, self.supplier)

    def test_leaving_frees_lots_and_gives_products_back_their_numbers(self):
        sequence = self.env.ref("batch_tracking.ir_sequence_product_day_batch")
        self.hummus.lot_sequence_id = sequence
        self.raw._set_disposition(self.disposition("hold"), "For this test")
        hooks.uninstall_hook(self.env)
        self.assertFalse(self.raw.disposition_id)
        default = self.env.ref("stock.sequence_production_lots")
        self.assertEqual(self.hummus.lot_sequence_id, default)

    def test_leaving_tells_who_loses_the_removal_strategy(self):
        pulses = self.env["product.category"].create(
            {
                "name": "Pulses",
                "removal_strategy_id": self.env.ref(
                    "batch_tracking.product_removal_femal"
                ).id,
            }
        )
        module = self.env.ref("base.module_batch_tracking")
        wizard = self.env["base.module.uninstall"].create({"module_ids": module.ids})
        self.assertIn("Pulses: First Expiry", wizard.batch_lost_strategies)
        other = self.env.ref("base.module_product_expiry")
        stays = self.env["base.module.uninstall"].new({"module_ids": other.ids})
        self.assertIn("Pulses", stays.batch_lost_strategies, "it takes us along")
        unrelated = self.env.ref("base.module_portal_rating")
        wizard = self.env["base.module.uninstall"].create({"module_ids": unrelated.ids})
        self.assertFalse(wizard.batch_lost_strategies)
        with self.assertLogs("odoo.addons.batch_tracking.hooks", "WARNING") as logs:
            hooks.uninstall_hook(self.env)
        self.assertIn(pulses.display_name, logs.output[0])

    def test_leaving_takes_our_to_dos_along_and_nobody_elses(self):
        boss = self.user("boss")
        order = self.order(self.chickpeas, 3, self.market, lot=self.raw)
        order.user_id = boss
        mine = order.activity_schedule("mail.mail_activity_data_todo", user_id=boss.id)
        self.raw._set_disposition(self.disposition("hold"), "Stones")
        self.assertGreater(len(order.activity_ids), 1)
        hooks.uninstall_hook(self.env)
        self.assertEqual(order.activity_ids, mine)

    def test_leaving_lets_go_of_all_that_the_addon_brought(self):
        """Odoo deletes it record by record, and logs what keeps each."""
        regime = self.env.ref("batch_tracking.stock_recall_regime_fda_device")
        self.env["stock.recall.plan"].create({"regime_ids": [(4, regime.id)]})
        recall = self.env["stock.recall"]._launch(self.raw, "Stones")
        rules = recall.deadline_ids.rule_id
        self.assertTrue(rules)
        hooks.uninstall_hook(self.env)
        for record in (*rules, regime):
            table = SQL.identifier(record._table)
            self.env.cr.execute(SQL("DELETE FROM %s WHERE id = %s", table, record.id))
            self.assertEqual(self.env.cr.rowcount, 1)

    def test_leaving_lets_go_of_the_history(self):
        term = self.env["stock.lot.retention"].search([], limit=1)
        self.company.batch_retention_id = term
        self.raw.name = "CP-2"
        hooks.uninstall_hook(self.env)
        self.assertFalse(self.company.batch_retention_id)
        events = self.raw.event_ids.ids
        self.env.cr.execute("DELETE FROM stock_lot_event WHERE id = ANY(%s)", [events])
        self.assertEqual(self.env.cr.rowcount, len(events))
