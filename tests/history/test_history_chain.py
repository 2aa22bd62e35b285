from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.history import chain as event_chain
from .chain_case import ChainCase
from .history_case import faults, seal, write_events

EVENTS = 12
COLUMNS = (
    ("user_name", "'Somebody else'"),
    ("lot_name", "'H-2'"),
    ("lot_key", "lot_key + 1"),
    ("kind", "'dates'"),
    ("what", "what || ' '"),
    ("old_value", "NULL"),
    ("new_value", "upper(new_value) || '.'"),
    ("reason", "'He said so'"),
    ("date", "date - interval '1 microsecond'"),
    ("user_id", "(SELECT min(id) FROM res_users WHERE id <> user_id)"),
    ("res_model", "'stock.recall'"),
    ("res_id", "7"),
    ("document", "'RCL/1'"),
    ("signature", "'Released'"),
    ("identity", "'password'"),
    ("digest", "'1:' || md5(digest)"),
    ("lot_id", "(SELECT min(id) FROM stock_lot WHERE id <> lot_id)"),
)


class TestFormat(BaseCase):
    """What a digest is made of."""

    def test_the_first_format_stays_as_it_is(self):
        values = {"company_id": 1, "what": "Disposition", "new_value": "Ÿ,\"'\n"}
        self.assertEqual(
            event_chain.digest(values),
            "1:ed9d6001b52c744eaa4bd19197039c5c818ff8d0435aab934527dad44d00264a",
        )


@tagged("post_install", "-at_install")
class TestChain(ChainCase):
    """A company has a sealed history of twelve events, and somebody writes SQL."""

    def test_it_is_numbered_without_gaps_and_in_order(self):
        seals = self.env["stock.lot.event.seal"]
        seals = seals.search([("company_id", "=", self.firm.id)], order="number")
        self.assertEqual(seals.mapped("number"), list(range(1, EVENTS + 1)))
        self.assertEqual(seals.mapped("event_key"), sorted(self.events.ids))
        self.assertEqual(self.events[0].seal_number, 1)

    def test_sealing_again_changes_nothing(self):
        seal(self.events)
        self.assertEqual(self.found(), [])

    def test_each_company_has_a_chain_of_its_own(self):
        other = self.env["res.company"].create({"name": "Cayuga Cider"})
        events = write_events(self.env, self.lot, other, 2)
        seal(events)
        self.assertEqual(events.mapped("seal_number"), [1, 2])
        self.assertEqual(faults(self.env, other), [])

    def test_every_column_counts(self):
        for column, value in COLUMNS:
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                event = self.events[5]
                self.tamper(
                    f"UPDATE stock_lot_event SET {column} = {value} WHERE id = %s",
                    event.id,
                )
                self.assertEqual(len(self.found()), 1 + (column == "digest"))
                self.assert_names(event, "was changed|moved to another batch")
                savepoint.rollback()

    def test_a_changed_event_is_named_with_its_date_and_batch(self):
        event = self.events[3]
        self.tamper(
            "UPDATE stock_lot_event SET new_value = 'x' WHERE id = %s", event.id
        )
        self.assertEqual(
            self.found(),
            [
                f"Event {event.id} of {event.date} UTC for batch H-1 was changed after "
                "it was written."
            ],
        )

    def test_a_changed_event_with_a_new_digest_does_not_fit_its_seal(self):
        event = self.events[3]
        values = self.env["stock.lot.event"]._as_stored(event.read()[0])
        self.tamper(
            "UPDATE stock_lot_event SET new_value = 'x', digest = %s WHERE id = %s",
            event_chain.digest({**values, "new_value": "x"}),
            event.id,
        )
        self.assert_names(event, "does not fit its seal, number 4")

    def test_a_new_seal_for_a_changed_event_does_not_fit_the_next(self):
        event = self.events[3]
        self.tamper(
            "UPDATE stock_lot_event_seal SET hash = %s WHERE event_key = %s",
            "0" * 64,
            event.id,
        )
        self.assert_names(event, "does not fit its seal")
        self.assertIn(f"Event {self.events[4].id} ", self.found()[1])

    def test_a_removed_event_is_missed(self):
        event = self.events[7]
        self.tamper("DELETE FROM stock_lot_event WHERE id = %s", event.id)
        self.assert_names(event, "sealed on .* as number 8, was removed")
        self.assertEqual(len(self.found()), 1)

    def test_an_event_removed_with_its_seal_leaves_a_gap(self):
        self.tamper("DELETE FROM stock_lot_event WHERE id = %s", self.events[7].id)
        self.tamper("DELETE FROM stock_lot_event_seal WHERE number = 8")
        self.assertRegex(self.found()[0], "Seals 8 to 8 are missing")

    def test_the_date_of_a_seal_counts(self):
        self.tamper(
            "UPDATE stock_lot_event_seal SET date = date - interval '1 day'"
            " WHERE event_key = %s",
            self.events[3].id,
        )
        self.assert_names(self.events[3], "does not fit its seal, number 4")

    def test_seals_of_the_earlier_format_are_read(self):
        seals = self.env["stock.lot.event.seal"]
        previous = event_chain.GENESIS
        for number, event in enumerate(self.events.sorted("id"), 1):
            previous = event_chain.link(previous, number, event.id, event.digest)
            self.tamper(
                "UPDATE stock_lot_event_seal SET hash = %s WHERE event_key = %s",
                previous,
                event.id,
            )
        self.assertEqual(self.found(), [])
        seal(write_events(self.env, self.lot, self.firm, 1))
        self.assertEqual(self.found(), [])
        self.assertEqual(seals._head(self.firm.id)[0], EVENTS + 1)

    def test_swapped_events_are_found(self):
        first, second = self.events[4:6].ids
        self.tamper(
            """
            UPDATE stock_lot_event SET id = CASE id WHEN %(one)s THEN -1 ELSE -2 END
            WHERE id IN (%(one)s, %(two)s)
            """.replace("%(one)s", str(first)).replace("%(two)s", str(second))
        )
        self.tamper("UPDATE stock_lot_event SET id = %s WHERE id = -1", second)
        self.tamper("UPDATE stock_lot_event SET id = %s WHERE id = -2", first)
        self.assert_names(self.events[4], "does not fit its seal")

    def test_swapped_seals_are_found(self):
        first, second = self.events[4:6].ids
        self.tamper("UPDATE stock_lot_event_seal SET number = -1 WHERE number = 5")
        self.tamper("UPDATE stock_lot_event_seal SET number = 5 WHERE number = 6")
        self.tamper("UPDATE stock_lot_event_seal SET number = 6 WHERE number = -1")
        self.assertIn(f"Event {second} ", self.found()[0])

    def test_the_words_of_a_language_do_not_matter(self):
        self.env["res.lang"]._activate_lang("de_DE")
        german = self.env(context={"lang": "de_DE", "tz": "Asia/Tokyo"})
        self.assertEqual(faults(german, self.firm), [])

    @given(
        st.integers(0, EVENTS - 1),
        st.sampled_from((*COLUMNS, "remove", "renumber", "reseal", "unseal")),
    )
    @settings(
        max_examples=60,
        deadline=None,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    def test_random_tampering_is_always_found(self, which, how):
        with self.env.cr.savepoint() as savepoint:
            event = self.events[which]
            table, change = self.change(how)
            key = "id" if table == "stock_lot_event" else "event_key"
            self.tamper(change.replace("{where}", f"WHERE {key} = %s"), event.id)
            # Who cuts off the very end is found by an earlier head alone.
            if (how, which) != ("unseal", EVENTS - 1):
                self.assertTrue(self.found())
            else:
                head = (EVENTS, "f" * 64)
                audit = self.env["stock.lot.event.audit"]
                self.assertTrue(audit._lost_heads(self.firm.id, [head]))
            savepoint.rollback()
        self.env.invalidate_all()

    def change(self, how):
        """Return the table and the statement of a kind of tampering."""
        seals = "stock_lot_event_seal"
        statements = {
            "remove": ("stock_lot_event", "DELETE FROM stock_lot_event {where}"),
            "renumber": (seals, f"UPDATE {seals} SET number = number + 100 {{where}}"),
            "reseal": (seals, f"UPDATE {seals} SET hash = md5(hash) {{where}}"),
            "unseal": (seals, f"DELETE FROM {seals} {{where}}"),
        }
        if how in statements:
            return statements[how]
        column, value = how
        return (
            "stock_lot_event",
            f"UPDATE stock_lot_event SET {column} = {value} {{where}}",
        )
