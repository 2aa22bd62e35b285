from datetime import datetime, timedelta

import pytz

from odoo.tests import Form, tagged

from ...models.expiry.exceptions import WrittenByDatesError
from ..common import KitchenCase

QUALITY = "batch_tracking.group_quality_manager"
DAY = timedelta(days=1)
DATES = ("expiration_date", "use_date", "removal_date", "alert_date")


@tagged("post_install", "-at_install")
class TestEndOfLife(KitchenCase):
    """What is made on a day is good until the end of its last day, where it is made."""

    def test_it_ends_with_the_day_of_the_company(self):
        for zone in ("America/Los_Angeles", "Europe/Brussels", "Pacific/Auckland"):
            self.company.partner_id.tz = zone
            lot = self.number_lot(self.hummus, production_date="2026-11-24", name=zone)
            local = pytz.utc.localize(lot.expiration_date)
            local = local.astimezone(pytz.timezone(zone)).replace(tzinfo=None)
            self.assertEqual(local, datetime(2027, 1, 23, 23, 59, 59), zone)

    def test_it_does_as_well_if_the_day_is_typed_in_a_new_batch(self):
        form = Form(self.env["stock.lot"])
        form.name = "A"
        form.product_id = self.hummus
        form.production_date = "2026-11-24"
        lot = form.save()
        self.assertEqual(lot.expiration_date, datetime(2027, 1, 24, 4, 59, 59))
        self.assertEqual(
            lot.removal_date, lot.expiration_date - self.hummus.removal_time * DAY
        )

    def test_days_before_it_are_days_of_the_calendar(self):
        self.company.partner_id.tz = "Europe/Berlin"
        self.hummus.write({"use_time": 2, "removal_time": 1, "alert_time": 30})
        # 26 October 2026, a day after the clocks were put back
        end = datetime(2026, 10, 26, 22, 59, 59)
        written = self.make_lot(self.hummus, "A", expiration_date=end)
        made = self.number_lot(self.hummus, production_date="2026-08-27", name="B")
        moved = self.make_lot(self.hummus, "C", expiration_date="2027-02-01 22:59:59")
        moved.expiration_date = end
        typed = self.make_lot(self.hummus, "D", expiration_date="2026-11-26 22:59:59")
        with Form(typed) as form:
            form.expiration_date = end
        corrected = self.number_lot(self.hummus, production_date="2026-11-01", name="E")
        corrected.production_date = "2026-08-27"
        for lot in (written, made, moved, typed, corrected):
            self.assertEqual(lot.expiration_date, end, lot.name)
            self.assertEqual(lot.use_date, datetime(2026, 10, 24, 21, 59, 59), lot.name)
            self.assertEqual(lot.removal_date, datetime(2026, 10, 25, 22, 59, 59))
            self.assertEqual(lot.alert_date, datetime(2026, 9, 26, 21, 59, 59))

    def test_the_clock_is_that_of_the_batchs_company(self):
        sister = self.env["res.company"].create({"name": "Kai Ltd"})
        sister.partner_id.tz = "Pacific/Auckland"
        lot = self.number_lot(
            self.hummus, production_date="2026-11-24", name="A", company_id=sister.id
        )
        self.assertEqual(lot.expiration_date, datetime(2027, 1, 23, 10, 59, 59))

    def test_the_number_says_the_same_day(self):
        sequence = self.env.ref("batch_tracking.ir_sequence_product_day_batch")
        sequence.batch_pattern = "{exp_yyyy}{exp_mm}{exp_dd}-{seq:1}"
        self.hummus.lot_sequence_id = sequence
        lot = self.number_lot(self.hummus, production_date="2026-11-24")
        self.assertEqual(lot.name, "20270123-1")

    def test_barcodes_say_the_same_day(self):
        lot = self.number_lot(self.hummus, production_date="2026-11-24", name="A")
        self.put_on_hand(lot, 1)
        self.assertIn("17270123", lot.quant_ids._get_gs1_barcode())
        self.assertEqual(lot._label_day("expiration_date"), "270123")

    def test_the_barcode_of_a_label_says_the_same_day(self):
        for label in ("stock.report_lot_label", "stock.label_lot_template_view"):
            nodes = self.env.ref(label)._get_combined_arch().iter("t")
            values = [node.get("t-value") or "" for node in nodes]
            dates = [value for value in values if "_date" in value]
            self.assertEqual(len(dates), 2, label)
            for value in dates:
                self.assertIn("_label_day('", value)


@tagged("post_install", "-at_install")
class TestDatesMoveTogether(KitchenCase):
    """Whoever writes the expiration moves the dates that hang on it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.write({"use_time": 5, "removal_time": 3, "alert_time": 7})
        cls.lot = cls.make_lot(cls.hummus, "A", expiration_date="2026-12-20 12:00:00")

    def distances(self, lot):
        return [(lot.expiration_date - lot[name]).days for name in DATES[1:]]

    def test_a_written_expiration_moves_the_others(self):
        self.lot.expiration_date += 10 * DAY
        self.assertEqual(self.lot.removal_date, datetime(2026, 12, 27, 12))
        self.assertEqual(self.distances(self.lot), [5, 3, 7])

    def test_they_keep_the_distance_that_they_had(self):
        self.lot.removal_date -= DAY
        self.lot.write({"expiration_date": "2026-12-10 12:00:00"})
        self.assertEqual(self.distances(self.lot), [5, 4, 7])

    def test_what_is_written_with_it_is_as_written(self):
        removal = datetime(2026, 12, 1)
        self.lot.write({"expiration_date": "2026-12-10", "removal_date": removal})
        self.assertEqual(self.lot.removal_date, removal)
        self.assertEqual(self.lot.use_date, datetime(2026, 12, 5))

    def test_lots_of_different_dates_move_each_by_its_own(self):
        other = self.make_lot(self.hummus, "B", expiration_date="2026-11-20 12:00:00")
        other.use_date = False
        (self.lot | other).write({"expiration_date": "2026-12-24 12:00:00"})
        self.assertEqual(self.distances(self.lot), [5, 3, 7])
        self.assertFalse(other.use_date)
        self.assertEqual(other.removal_date, datetime(2026, 12, 21, 12))

    def test_a_file_moves_them_too(self):
        fields = [".id", "expiration_date"]
        result = self.env["stock.lot"].load(
            fields, [[str(self.lot.id), "2027-01-10 12:00:00"]]
        )
        self.assertFalse(result["messages"])
        self.assertEqual(self.distances(self.lot), [5, 3, 7])

    def test_without_an_expiration_there_are_none(self):
        self.lot.expiration_date = False
        self.assertFalse(any(self.lot[name] for name in DATES))
        self.lot.expiration_date = "2026-12-20"
        self.assertEqual(self.distances(self.lot), [5, 3, 7])

    def test_each_leaves_an_event(self):
        self.lot.expiration_date += DAY
        changed = self.lot.event_ids.filtered(lambda event: event.kind == "dates")
        self.assertEqual(len(changed), 4)

    def test_what_is_mixed_in_does_not_move_what_stays(self):
        strict = self.make_lot(self.hummus, "B", expiration_date="2026-12-18 12:00:00")
        strict.removal_date = "2026-12-30"
        removal = self.lot.removal_date
        self.lot._be_strict_as(strict)
        self.assertEqual(self.lot.expiration_date, strict.expiration_date)
        self.assertEqual(self.lot.removal_date, removal)

    def test_handing_on_gives_sublots_the_dates_of_the_batch(self):
        names = ["removal_date", "expiration_date", "use_date", "alert_date"]
        self.put_on_hand(self.lot, 10)
        child = self.env["stock.lot"]._make_child(self.hummus, self.lot, "A-1")
        place = self.hummus.property_stock_production
        used = self.bare_move(self.lot, 4, self.stock, place)
        made = self.bare_move(child, 4, place, self.stock)
        (used | made)._action_done()
        made.move_line_ids.consume_line_ids = [(6, 0, used.move_line_ids.ids)]
        self.lot.write({"expiration_date": "2026-12-01", "removal_date": "2026-11-30"})
        self.lot._hand_on_to_sublots(names, "For this test")
        sublots = self.env["stock.lot.genealogy"]._sublots(self.lot)
        for sublot in sublots:
            self.assertEqual(
                *([lot[name] for name in names] for lot in (sublot, self.lot))
            )


@tagged("post_install", "-at_install")
class TestProductionDayCorrected(KitchenCase):
    """Dates that were counted from the day of production are counted anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.write({"use_time": 5, "removal_time": 3, "alert_time": 7})
        cls.lot = cls.make_lot(cls.hummus, "A", production_date="2026-11-24")
        cls.clerk = cls.user("clerk")

    def correct(self, lots, day):
        before = {lot: [lot[name] for name in DATES] for lot in lots}
        lots.with_user(self.clerk).write({"production_date": day})
        return {
            lot: [after and (after - was).days for was, after in self.pairs(lot, was_)]
            for lot, was_ in before.items()
        }

    def pairs(self, lot, before):
        return zip(before, [lot[name] for name in DATES], strict=True)

    def told(self, lot):
        events = lot.event_ids.filtered(lambda event: event.kind == "dates")
        return {event.what: event.reason for event in events}

    def test_the_four_dates_move_with_it_and_leave_events(self):
        self.assertEqual(self.correct(self.lot, "2026-11-20"), {self.lot: [-4] * 4})
        self.assertEqual(len(self.told(self.lot)), 5)
        [reason] = set(self.told(self.lot).values())
        self.assertIn("follow from the day of production", reason)
        self.correct(self.lot, "2026-11-27")
        fresh = self.make_lot(self.hummus, "B", production_date="2026-11-27")
        self.assertEqual(*([lot[n] for n in DATES] for lot in (self.lot, fresh)))

    def test_an_expiration_by_hand_or_label_stays_and_says_so(self):
        label = datetime(2027, 1, 23, 12)
        lot = self.make_lot(
            self.hummus, "L", production_date="2026-11-24", expiration_date=label
        )
        self.assertEqual(self.correct(lot, "2026-11-20"), {lot: [0] * 4})
        [reason] = self.told(lot).values()
        self.assertIn("Expiration Date, Best before Date", reason)

    def test_a_removal_date_by_hand_stays_where_the_others_move(self):
        self.lot.removal_date -= DAY
        moved = self.correct(self.lot, "2026-11-25")
        self.assertEqual(moved, {self.lot: [1, 1, 0, 1]})
        self.assertIn("(Removal Date)", self.lot.event_ids[0].reason)

    def test_many_are_corrected_each_as_it_was_dated(self):
        other = self.make_lot(self.hummus, "B", production_date="2026-11-22")
        by_hand = self.make_lot(self.hummus, "C", expiration_date=datetime(2027, 1, 1))
        lots = self.lot | other | by_hand
        self.assertEqual(
            self.correct(lots, "2026-11-25"),
            {self.lot: [1] * 4, other: [3] * 4, by_hand: [0] * 4},
        )

    def test_what_is_written_with_it_is_as_written(self):
        end = datetime(2027, 1, 1)
        self.lot.write({"production_date": "2026-11-25", "expiration_date": end})
        self.assertEqual(self.lot.expiration_date, end)
        self.lot.production_date = False
        self.assertEqual(self.lot.expiration_date, end)

    def test_a_given_reason_is_kept(self):
        lot = self.lot.with_context(batch_reason="Misread")
        lot.write({"production_date": "2026-11-25"})
        self.assertEqual(set(self.told(self.lot).values()), {"Misread"})

    def test_the_form_says_which_dates_stay(self):
        self.lot.expiration_date = datetime(2027, 1, 1)
        draft = self.lot.new({"production_date": "2026-11-20"}, origin=self.lot)
        warning = draft._onchange_production_date()["warning"]
        self.assertIn("Expiration Date", warning["message"])
        fresh = self.make_lot(self.hummus, "B", production_date="2026-11-27")
        draft = fresh.new({"production_date": "2026-11-20"}, origin=fresh)
        self.assertIsNone(draft._onchange_production_date())


@tagged("post_install", "-at_install")
class TestProlonged(KitchenCase):
    """What only its dates have stopped goes on when its dates are prolonged."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.put_on_hand(cls.make_lot(cls.hummus, "A", expires_in=-1), 10)
        cls.lot._expire({})
        cls.quality = cls.user("quality", QUALITY)
        cls.clerk = cls.user("clerk")

    def prolong(self, user=None):
        lot = self.lot.with_user(user) if user else self.lot
        lot.write({"expiration_date": datetime.now() + 30 * DAY})

    def test_a_quality_manager_prolongs_and_releases(self):
        self.assertTrue(self.lot.is_expired_by_date)
        self.prolong(self.quality)
        self.assertEqual(self.lot.disposition_id, self.disposition("released"))
        self.assertFalse(self.lot.is_expired_by_date)

    def test_a_clerk_prolongs_and_releases_nothing(self):
        self.prolong(self.clerk)
        self.assertEqual(self.lot.disposition_id, self.disposition("expired"))

    def test_dates_that_are_still_over_release_nothing(self):
        self.lot.with_user(self.quality).write({"removal_date": False})
        self.assertEqual(self.lot.disposition_id, self.disposition("expired"))

    def test_what_a_person_holds_stays_held(self):
        for code in ("hold", "expired"):
            self.lot._set_disposition(self.disposition("hold"), "Odd")
            self.lot._set_disposition(self.disposition(code), "By a person")
            self.prolong(self.quality)
            self.assertEqual(self.lot.disposition_id, self.disposition(code))

    def test_where_two_people_release_it_waits_for_them(self):
        self.company.batch_release_four_eyes = True
        self.prolong(self.quality)
        self.assertEqual(self.lot.disposition_id, self.disposition("expired"))

    def test_nobody_writes_by_hand_what_dates_have_done(self):
        for user in (self.clerk, self.quality):
            for name in ("is_expired_by_date", "is_date_undecided"):
                with self.assertRaises(WrittenByDatesError) as refusal:
                    self.lot.with_user(user).write({name: True})
                self.assertEqual(refusal.exception.names, {name})
                with self.assertRaises(WrittenByDatesError):
                    self.env["stock.lot"].with_user(user).create(
                        {"product_id": self.hummus.id, "name": "X", name: True}
                    )
