from datetime import date
from unittest.mock import patch

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.batch_tracking.dev.story import Story, drill, report
from odoo.addons.batch_tracking.tests.common import KitchenCase

TODAY = date(2026, 5, 20)

# Counted by hand from what dev/story.py says happens.
LEVELS = {
    "suspect": 0,
    "mash_a": 1,
    "mash_b": 1,
    "trad_1": 2,
    "garlic_1": 2,
    "beet_1": 2,
    "trad_2": 2,
    "garlic_2": 2,
    "trad_3": 2,
}
ON_HAND = {"trad_1": 54, "garlic_1": 116, "trad_2": 314, "garlic_2": 200, "trad_3": 280}
CONSIGNEES = {
    ("wegner", "trad_1"): (96, 24),
    ("tops", "trad_1"): (154, 0),
    ("tops", "trad_2"): (26, 0),
    ("coop", "trad_2"): (48, 0),
    ("coop", "garlic_1"): (36, 0),
    ("coop", "beet_1"): (36, 0),
    ("vine", "garlic_1"): (24, 0),
    ("bistro", "beet_1"): (12, 0),
    ("tavern", "garlic_1"): (18, 0),
    ("campus", "beet_1"): (152, 0),
    ("inn", "trad_2"): (12, 0),
    ("distributor", "trad_1"): (120, 0),
}


@tagged("post_install", "-at_install")
class TestStory(KitchenCase):
    """The hummus maker's story comes out as a count by hand says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.story = Story(cls.env).tell(TODAY)
        cls.startClassPatcher(freeze_time(cls.story.noon(TODAY)))

    def lot(self, name):
        return self.story.lots[name]

    def by_name(self, lots):
        names = {lot: name for name, lot in self.story.lots.items()}
        return {names[lot] for lot in lots}

    def test_numbers_are_those_on_the_tubs(self):
        self.assertEqual(self.lot("fourth_traditional").name, "01-2129304")
        self.assertEqual(self.lot("first_beet").name, "03-2216101")

    def test_the_drill_names_the_lots_of_the_hand_count(self):
        lines = drill(self.env).lot_ids
        levels = {line.lot_id: line.level for line in lines}
        expected = {self.lot(name): level for name, level in LEVELS.items()}
        self.assertEqual(levels, expected)

    def test_the_drill_names_the_consignees_of_the_hand_count(self):
        lines = drill(self.env).consignee_ids
        received = {
            (line.partner_id, line.lot_id): (line.delivered, line.returned)
            for line in lines
        }
        expected = {
            (self.story.ref(f"customer_{partner}"), self.lot(lot)): amounts
            for (partner, lot), amounts in CONSIGNEES.items()
        }
        self.assertEqual(received, expected)

    def test_the_drill_finds_what_is_on_hand(self):
        lines = drill(self.env).lot_ids
        on_hand = {line.lot_id: line.on_hand for line in lines if line.on_hand}
        expected = {self.lot(name): quantity for name, quantity in ON_HAND.items()}
        self.assertEqual(on_hand, expected)

    def test_every_gram_and_tub_is_accounted_for(self):
        recall = drill(self.env)
        self.assertEqual(recall.accounted_percent, 100)
        self.assertEqual(recall.consignee_count, 9)

    def test_the_drill_reports_in_words(self):
        lines = report(drill(self.env))
        self.assertIn("CP-7731", lines[0])
        self.assertIn("  lots affected           9", lines)
        self.assertIn("  consignees              9", lines)
        self.assertIn("  on hand                 964 Units, 0 kg", lines)
        self.assertIn("  reconciliation          100.0 %", lines)

    def test_back_to_the_farms(self):
        genealogy = self.env["stock.lot.genealogy"]
        ids = genealogy._levels(self.lot("trad_2"), "back")
        numbers = set(self.env["stock.lot"].browse(ids).mapped("name"))
        self.assertLessEqual({"CP-7731", "CP-7790", "TH-112", "TB-5000"}, numbers)
        self.assertNotIn("BT-17", numbers)

    def test_a_real_recall_serves_waiting_orders_from_clean_lots(self):
        shop, coop = self.story.waiting
        self.assertEqual(self.by_name(shop.move_line_ids.lot_id), {"trad_1", "trad_2"})
        self.env["stock.recall"]._launch(self.lot("suspect"), "Stones found")
        self.assertEqual(self.by_name(shop.move_line_ids.lot_id), {"trad_4"})
        self.assertEqual(shop.move_ids.state, "assigned")
        self.assertEqual(self.by_name(coop.move_line_ids.lot_id), {"beet_2"})

    def todos(self):
        return self.env["mail.activity"].search([("res_model", "=", "stock.lot")])

    def test_the_daily_job_takes_out_the_old_mash_once(self):
        self.lot("mash_c").removal_date = self.story.noon(TODAY, back=1)
        with patch.object(
            self.env.registry["ir.cron"], "_commit_progress", return_value=99
        ):
            self.env["stock.lot"]._cron_expire()
            asked = self.todos()
            self.env["stock.lot"]._cron_expire()
        expired = self.disposition("expired")
        self.assertEqual(self.lot("mash_c").disposition_id, expired)
        self.assertEqual(len(asked.user_id), len(asked))
        self.assertTrue(asked)
        self.assertEqual(self.todos(), asked)
