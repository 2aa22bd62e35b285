from odoo.fields import Domain
from odoo.tests import tagged

from ..base.roles import ROLES, make_history, worker
from .overview_case import OverviewCase

CARDS = (
    "held",
    "inspect",
    "approve",
    "expire_soon",
    "expire_later",
    "recall",
    "gaps",
    "decisions",
)


@tagged("post_install", "-at_install")
class TestOverviewCards(OverviewCase):
    """What the cards count, and that their links open what they count."""

    def test_each_role_sees_the_cards_of_its_work(self):
        make_history(self)
        seen = {role: tuple(self.cards(worker(self.env, role))) for role in ROLES}
        for role in ("quality", "recall", "administrator"):
            self.assertEqual(seen[role], CARDS)
        without = ("inspect", "approve")
        self.assertEqual(seen["viewer"], tuple(c for c in CARDS if c not in without))
        self.assertEqual(seen["user"], tuple(c for c in CARDS if c != "approve"))

    def test_who_has_no_right_sees_no_card(self):
        office = self.env["res.users"].create({"name": "Office", "login": "office"})
        self.assertFalse(self.overview(office)["cards"])

    def test_empty_cards_say_how_to_begin(self):
        for card in self.cards().values():
            self.assertTrue(card["empty"], card["key"])

    def test_every_number_is_that_of_the_list_it_opens(self):
        make_history(self)
        cards = self.cards()
        links = [(card["title"], card["count"], card) for card in cards.values()]
        rows = [row for card in cards.values() for row in card["rows"]]
        links += [(row["label"], row["note"], row) for row in rows]
        for title, number, link in links:
            model = self.env.ref(link["action"]).res_model
            if model == "stock.lot.expiry.begin" or "res_id" in link:
                continue
            self.assertNotIn("domain", link, "people see filters, and take them off")
            self.assertEqual(len(self.linked(link)), number, title)

    def test_held_batches_in_stock(self):
        before = self.cards()["held"]["count"]
        for name, quantity in (("A", 5), ("B", 5), ("C", 0)):
            lot = self.make_lot(self.mash, name)
            if quantity:
                self.put_on_hand(lot, quantity)
            lot._set_disposition(self.disposition("hold"), "Odd")
        card = self.cards()["held"]
        self.assertEqual(card["count"], before + 2, "what is gone is not counted")
        self.assertEqual(len(self.linked(card)), card["count"])
        row = next(row for row in card["rows"] if row["label"] == "On hold")
        self.assertEqual(len(self.linked(row)), row["note"])
        self.assertLessEqual({"A", "B"}, set(self.linked(row).mapped("name")))

    def test_a_batch_in_two_places_is_one_batch(self):
        before = self.cards()["held"]["count"]
        lot = self.put_on_hand(self.make_lot(self.mash, "A"), 5)
        shelf = self.stock.copy({"name": "Shelf", "location_id": self.stock.id})
        self.put_on_hand(lot, 5, shelf)
        lot._set_disposition(self.disposition("hold"), "Odd")
        self.assertEqual(self.cards()["held"]["count"], before + 1)

    def test_expiring_with_value(self):
        for name, days, quantity, cost in (
            ("SOON", 3, 10, 2),
            ("LATER", 20, 4, 5),
            ("FAR", 50, 100, 9),
            ("GONE", 3, 0, 9),
            ("PAST", -2, 7, 1),
        ):
            lot = self.make_lot(self.hummus, name, days, unit_cost=cost)
            if quantity:
                self.put_on_hand(lot, quantity)
        cards = self.cards()
        soon, later = cards["expire_soon"], cards["expire_later"]
        mine = ("SOON", "LATER", "FAR", "GONE", "PAST")
        for card, names in ((soon, {"SOON"}), (later, {"SOON", "LATER"})):
            found = self.linked(card)
            self.assertEqual(len(found), card["count"])
            ours = found.filtered(lambda lot: lot.name in mine)
            self.assertEqual(set(ours.mapped("name")), names)
        self.assertIn("PAST", self.linked(soon["rows"][0]).mapped("name"))

    def test_value_is_cost_times_what_is_in_stock(self):
        lots = self.make_lot(self.hummus, "A", 3, unit_cost=2)
        lots |= self.make_lot(self.hummus, "B", 3, unit_cost=0.5)
        for lot in lots:
            self.put_on_hand(lot, 10)
        value = self.env["batch.overview"]._value_of(self.domain_of(lots))
        self.assertIn("25.00", value)

    def test_no_value_where_no_cost_is_known(self):
        lot = self.put_on_hand(self.make_lot(self.hummus, "A", 3), 10)
        self.assertFalse(self.env["batch.overview"]._value_of(self.domain_of(lot)))

    def test_a_value_says_of_how_many_batches_the_cost_is_not_known(self):
        costed = self.put_on_hand(self.make_lot(self.hummus, "A", 3, unit_cost=2), 10)
        unknown = self.put_on_hand(self.make_lot(self.hummus, "B", 3), 10)
        overview = self.env["batch.overview"]
        self.assertNotIn("without", overview._value_text(self.domain_of(costed)))
        both = overview._value_text(self.domain_of(costed | unknown))
        self.assertRegex(both, r"20\.00, 1 without cost$")
        self.assertEqual(overview._value_text(self.domain_of(unknown)), "Cost unknown")

    def domain_of(self, lots):
        return self.env["batch.overview"]._lots_here() & Domain("id", "in", lots.ids)

    def test_to_inspect_recalls_and_gaps(self):
        before = self.cards()
        make_history(self)
        after = self.cards()
        for key, more in (("inspect", 1), ("recall", 1), ("decisions", 1)):
            self.assertEqual(after[key]["count"], before[key]["count"] + more, key)
            self.assertEqual(len(self.linked(after[key])), after[key]["count"], key)
        drills = after["recall"]["rows"][-1]
        self.assertIn(self.drill, self.linked(drills))
        self.assertEqual(after["decisions"]["rows"][0]["res_id"], self.decision.id)

    def test_releases_to_approve(self):
        quality = worker(self.env, "quality")
        before = self.cards(quality)["approve"]["count"]
        make_history(self)
        self.company.batch_release_four_eyes = True
        self.env["stock.lot.decision"]._decide(
            self.second, self.disposition("released"), "Fine after all"
        )
        card = self.cards(quality)["approve"]
        self.assertEqual(card["count"], before + 1)
        self.assertEqual(
            self.linked(card).mapped("state"), ["proposed"] * card["count"]
        )


@tagged("post_install", "-at_install")
class TestOverviewOfCompanies(OverviewCase):
    """Each company counts what lies in its own places, in its own currency."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other Kitchen"})
        cls.here = worker(cls.env, "quality")
        place = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.other.id)], limit=1
        )
        lot = cls.make_lot(cls.hummus, "SHARED", 3, unit_cost=2)
        cls.put_on_hand(lot, 10)
        cls.put_on_hand(lot, 100, place.lot_stock_id)
        cls.theirs = cls.make_lot(cls.hummus, "THEIRS", 3, unit_cost=2)
        cls.put_on_hand(cls.theirs, 50, place.lot_stock_id)
        cls.lots = lot | cls.theirs
        cls.lots._set_disposition(cls.disposition("hold"), "Odd")
        cls.env.flush_all()

    def test_other_companies_batches_are_not_counted(self):
        held = self.cards(self.here)["held"]
        names = self.linked(held, self.here).mapped("name")
        self.assertIn("SHARED", names)
        self.assertNotIn("THEIRS", names)
        self.assertEqual(len(names), held["count"])

    def test_value_is_that_of_the_own_stock(self):
        overview = self.env["batch.overview"].with_user(self.here)
        lots = Domain("id", "in", self.lots.ids)
        self.assertIn("20.00", overview._value_of(lots))
        both = overview.with_context(
            allowed_company_ids=[self.company.id, self.other.id]
        ).sudo()
        self.assertIn("320.00", both._value_of(lots))

    def test_value_is_in_the_currency_of_the_current_company(self):
        euro = self.env.ref("base.EUR")
        dollar = self.company.currency_id
        self.assertNotEqual(euro, dollar)
        euro.active = True
        self.other.currency_id = euro
        self.env["res.currency.rate"].create(
            [
                {"currency_id": currency.id, "company_id": company, "rate": rate}
                for company in (self.company.id, self.other.id)
                for currency, rate in ((euro, 0.5), (dollar, 1.0))
            ]
        )
        both = self.env["batch.overview"].with_context(
            allowed_company_ids=[self.company.id, self.other.id]
        )
        value = both._value_of(Domain("id", "in", self.theirs.ids))
        self.assertIn("200.00", value)


@tagged("post_install", "-at_install")
class TestOverviewQueries(OverviewCase):
    """As many queries for a hundred batches as for one."""

    def count(self):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.overview(self.quality)
        return self.env.cr.sql_log_count - before

    def test_number_of_queries_is_constant(self):
        make_history(self)
        self.quality = worker(self.env, "quality")
        lot = self.put_on_hand(self.make_lot(self.hummus, "ONE", 3, unit_cost=1), 1)
        lot._set_disposition(self.disposition("hold"), "Odd")
        self.count()
        few = self.count()
        for number in range(40):
            lot = self.make_lot(self.hummus, f"MANY-{number}", 3, unit_cost=1)
            self.put_on_hand(lot, 1)
            lot._set_disposition(self.disposition("hold"), "Odd")
        self.count()  # what the registry remembers may have been forgotten meanwhile
        self.assertEqual(self.count(), few)
