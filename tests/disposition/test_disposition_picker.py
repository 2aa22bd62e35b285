from odoo import fields
from odoo.tests import Form, tagged
from odoo.tools import format_date

from ..common import KitchenCase


@tagged("post_install", "-at_install")
class TestDispositionPicker(KitchenCase):
    """Wherever people choose a lot they read what it may do, and until when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good = cls.put_on_hand(cls.make_lot(cls.hummus, "GOOD", expires_in=40), 10)
        cls.held = cls.put_on_hand(cls.make_lot(cls.hummus, "HELD", expires_in=50), 10)
        cls.held._set_disposition(cls.disposition("hold"), "The lid is open")

    def choice(self, record, **context):
        """Return what the list of choices shows for a record."""
        found = record.with_context(**context).web_name_search(
            "", {"display_name": {}}, [("id", "=", record.id)]
        )
        return found[0]["__formatted_display_name"]

    def expires(self, lot):
        moment = fields.Datetime.context_timestamp(lot, lot.expiration_date)
        day = format_date(self.env, moment.date(), date_format="medium")
        return f"Expires {day}"

    def test_released_is_said_quietly(self):
        self.assertEqual(
            self.choice(self.good, batch_purpose="deliver"),
            f"GOOD\t--Released · {self.expires(self.good)}--",
        )

    def test_other_dispositions_have_a_badge(self):
        self.assertEqual(
            self.choice(self.held), f"HELD\t`On hold` --{self.expires(self.held)}--"
        )

    def test_what_may_not_go_is_grey(self):
        grey = f"--HELD--\t`On hold` --{self.expires(self.held)}--"
        self.assertEqual(self.choice(self.held, batch_purpose="deliver"), grey)
        delivery = self.order(self.hummus, 5, self.market)
        move = delivery.move_ids
        self.assertEqual(self.choice(self.held, batch_move_id=move.id), grey)

    def test_what_may_move_inside_is_not_grey(self):
        shown = self.choice(self.held, batch_purpose="move")
        self.assertTrue(shown.startswith("HELD\t"), shown)

    def test_a_purpose_nobody_knows_greys_nothing(self):
        shown = self.choice(self.held, batch_purpose="eat", batch_move_id=0)
        self.assertTrue(shown.startswith("HELD\t"), shown)

    def test_expired(self):
        self.good.expiration_date = fields.Datetime.subtract(
            fields.Datetime.now(), days=3
        )
        self.assertIn("Expired ", self.choice(self.good, batch_purpose="move"))

    def test_without_expiration(self):
        lot = self.make_lot(self.chickpeas, "CP-1")
        self.assertEqual(self.choice(lot, batch_purpose="move"), "CP-1\t--Released--")

    def test_where_no_view_says_what_for_a_released_one_reads_as_ever(self):
        self.assertEqual(self.choice(self.make_lot(self.chickpeas, "CP-1")), "CP-1")

    def test_where_no_view_says_what_for_core_says_what_has_expired(self):
        self.good.expiration_date = fields.Datetime.subtract(
            fields.Datetime.now(), days=3
        )
        self.assertEqual(self.choice(self.good), "GOOD\t--Expired--")

    def test_until_when_is_said_everywhere(self):
        self.assertEqual(
            self.choice(self.good), f"GOOD\t--Released · {self.expires(self.good)}--"
        )

    def test_what_a_client_sends_as_a_move_is_one_or_nothing(self):
        for garbage in ("1", [1], 10**12, True, -1):
            shown = self.choice(self.held, batch_move_id=garbage)
            self.assertTrue(shown.startswith("HELD\t"), garbage)

    def test_plain_names_stay(self):
        self.assertEqual(self.held.display_name, "HELD")

    def test_stock_of_a_held_lot_is_grey(self):
        quant = self.held.quant_ids
        self.assertEqual(
            self.choice(quant, batch_purpose="deliver"),
            f"--{self.stock.name}--\t--HELD--\t`On hold` --{self.expires(self.held)}--",
        )

    def test_stock_of_a_released_lot(self):
        self.assertEqual(
            self.choice(self.good.quant_ids, batch_purpose="deliver"),
            f"{self.stock.name}\t**GOOD**\t--Released · {self.expires(self.good)}--",
        )

    def test_stock_in_a_place_that_holds_is_grey(self):
        self.stock.disposition_id = self.disposition("quarantine")
        shown = self.choice(self.good.quant_ids, batch_purpose="deliver")
        self.assertTrue(shown.startswith(f"--{self.stock.name}--\t"), shown)
        self.assertIn("`Quarantine`", shown)

    def test_a_lot_that_lies_only_where_it_is_held_is_grey(self):
        self.stock.disposition_id = self.disposition("quarantine")
        shown = self.choice(self.good, batch_purpose="deliver")
        self.assertTrue(shown.startswith("--GOOD--\t`Quarantine`"), shown)

    def test_the_dialog_of_a_move_says_what_for(self):
        move = self.order(self.hummus, 5, self.market).move_ids
        self.assertEqual(
            move.action_show_details()["context"]["batch_move_id"], move.id
        )

    def test_a_reader_without_rights_on_stock_reads_the_same(self):
        user = self.user("clerk")
        self.assertEqual(
            self.choice(self.held.with_user(user), batch_purpose="deliver"),
            self.choice(self.held, batch_purpose="deliver"),
        )


@tagged("post_install", "-at_install")
class TestStockPlaces(KitchenCase):
    """A lot says where it lies."""

    def test_one_place_and_several(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "H-1"), 10)
        self.assertEqual(lot.stock_places, self.stock.display_name)
        shelf = self.env["stock.location"].create(
            {"name": "Shelf", "location_id": self.stock.id}
        )
        self.put_on_hand(lot, 5, shelf)
        unit = lot.product_uom_id.name
        self.assertEqual(
            lot.stock_places,
            f"{self.stock.display_name}: 10.00 {unit}, "
            f"{shelf.display_name}: 5.00 {unit}",
        )

    def test_nowhere(self):
        self.assertEqual(self.make_lot(self.hummus, "H-1").stock_places, "")

    def test_one_query_for_many(self):
        lots = self.env["stock.lot"]
        for number in range(5):
            lots |= self.put_on_hand(self.make_lot(self.hummus, f"H-{number}"), 10)
        self.env.flush_all()
        self.env.invalidate_all()
        lots[:1].mapped("stock_places")
        with self.assertQueryCount(12):
            self.env.invalidate_all()
            lots.mapped("stock_places")

    def test_a_new_lot(self):
        self.assertFalse(Form(self.env["stock.lot"]).banner)
