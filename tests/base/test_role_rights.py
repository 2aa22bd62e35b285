from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.base.exceptions import LotOfOthersError
from ...models.number.exceptions import SequenceOfOthersError
from .role_case import RoleCase
from .roles import our_models


@tagged("post_install", "-at_install")
class TestWhatRolesMayChange(RoleCase):
    """A viewer changes nothing; each role does its own work without Inventory."""

    def as_role(self, role, records):
        return records.with_user(self.workers[role]).sudo(False)

    def test_a_viewer_writes_nothing(self):
        count = 0
        for ours in our_models(self.env):
            model = self.as_role("viewer", ours)
            for operation in ("create", "write", "unlink"):
                with self.subTest(model=model._name, operation=operation):
                    self.assertFalse(model.has_access(operation))
                    count += 1
            # Some are written by nobody, whatever their rights: a UserError.
            with self.assertRaises(UserError):
                model.create({})
        self.assertGreater(count, 60)

    def test_a_viewer_changes_no_batch_and_no_transfer(self):
        for ours in (self.first, self.first.quant_ids, self.env["stock.picking"]):
            records = self.as_role("viewer", ours)
            for operation in ("create", "write", "unlink"):
                self.assertFalse(records.has_access(operation))

    def test_methods_that_change_something_refuse_a_viewer(self):
        viewer = self.workers["viewer"]
        entry = {
            "inspection_id": self.inspection.id,
            "characteristic_id": self.plan.characteristic_ids.id,
            "value": "pass",
        }
        calls = (
            (self.inspection, "enter_results", ([entry],)),
            (self.inspection, "action_complete", ()),
            (self.inspection, "action_accept", ()),
            (self.inspection, "action_reopen", ()),
            (self.inspection, "action_cancel", ()),
            (self.drill, "action_close", ()),
            (self.first, "action_inspect", ()),
            (self.env["stock.lot.link.check"], "action_check", ()),
            (self.env["stock.lot.link.check"], "action_rebuild", ()),
            (self.env["stock.lot.link"].search([], limit=1), "action_remove", ()),
            (self.env["batch.overview"], "hide_first_steps", ()),
        )
        for records, method, arguments in calls:
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(records.with_user(viewer), method)(*arguments)

    def test_a_viewer_neither_approves_nor_refuses(self):
        self.company.batch_release_four_eyes = True
        self.user("another", "batch_tracking.group_quality_manager")
        quality = self.workers["quality"]
        proposed = (
            self.env["stock.lot.decision"]
            .with_user(quality)
            ._decide(
                self.second.with_user(quality), self.disposition("released"), "Fine"
            )
        )
        self.assertEqual(proposed.state, "proposed")
        for method in ("action_approve", "action_refuse"):
            with self.assertRaises(AccessError):
                getattr(proposed.with_user(self.workers["viewer"]), method)()

    def test_a_viewer_holds_nothing(self):
        decisions = self.env["stock.lot.decision"]
        with self.assertRaises(AccessError):
            self.as_role("viewer", decisions)._decide(
                self.as_role("viewer", self.first), self.disposition("hold"), "No"
            )
        self.assertEqual(self.first.disposition_id, self.disposition("released"))

    def test_a_user_puts_a_batch_on_hold_and_releases_none_that_is_guarded(self):
        mine = (
            self.env["stock.lot.set.disposition"]
            .with_user(self.workers["user"])
            .create(
                {
                    "lot_ids": self.first.ids,
                    "disposition_id": self.disposition("hold").id,
                    "reason": "Smells odd",
                }
            )
        )
        mine.apply()
        self.assertEqual(self.first.disposition_id, self.disposition("hold"))
        with self.assertRaisesRegex(AccessError, "Only a quality manager"):
            self.as_role("user", self.env["stock.lot.decision"])._decide(
                self.as_role("user", self.first), self.disposition("released"), "Ok"
            )

    def test_a_quality_manager_releases(self):
        self.as_role("quality", self.env["stock.lot.decision"])._decide(
            self.as_role("quality", self.second), self.disposition("released"), "Fine"
        )
        self.assertEqual(self.second.disposition_id, self.disposition("released"))

    def test_a_user_inspects(self):
        entry = {
            "inspection_id": self.inspection.id,
            "characteristic_id": self.plan.characteristic_ids.id,
            "value": "pass",
        }
        inspection = self.as_role("user", self.inspection)
        inspection.enter_results([entry])
        inspection.action_complete()
        self.assertEqual(self.inspection.state, "passed")

    def test_only_a_recall_manager_starts_a_recall(self):
        for role in ("viewer", "user", "quality"):
            with self.assertRaises(AccessError):
                self.as_role(role, self.env["stock.lot.recall"]).create({})
        wizard = self.as_role("recall", self.env["stock.lot.recall"]).create(
            {"lot_ids": self.early.ids, "reason": "Stones"}
        )
        wizard.launch()
        self.assertEqual(self.first.disposition_id, self.disposition("recalled"))

    def test_an_administrator_designs_batch_numbers_and_no_others(self):
        sequences = self.as_role("administrator", self.env["ir.sequence"])
        values = {
            "name": "Ours",
            "code": "stock.lot.batch",
            "batch_pattern": "{product}-{seq:3}",
        }
        ours = sequences.create(values)
        ours.name = "Our numbers"
        other = self.env["ir.sequence"].create({"name": "Invoices", "code": "inv"})
        with self.assertRaises(AccessError):
            self.as_role("administrator", other).name = "Mine"
        with self.assertRaises(AccessError):
            sequences.create({**values, "code": "account.move"})

    def test_a_system_administrator_changes_all_sequences(self):
        boss = self.user(
            "system", "base.group_system", "batch_tracking.group_batch_administrator"
        )
        other = self.env["ir.sequence"].create({"name": "Invoices", "code": "inv"})
        other.with_user(boss).name = "Invoices of 2026"
        self.assertEqual(other.name, "Invoices of 2026")

    def test_roles_stay_in_their_company(self):
        other = self.env["res.company"].create({"name": "Other Kitchen"})
        lot = self.make_lot(self.mash, "OTHER", company_id=other.id)
        for _role, env in self.each_role():
            self.assertFalse(env["stock.lot"].search([("id", "=", lot.id)]))

    def test_a_viewer_changes_no_line_of_a_movement_without_a_transfer(self):
        self.scrap(self.first, 1)
        line = self.env["stock.move.line"].search([("lot_id", "=", self.first.id)])[-1:]
        for role in ("viewer", "user", "quality"):
            lines = self.as_role(role, line)
            calls = (
                lambda lines=lines: lines.write({"quantity": 11}),
                lambda lines=lines: lines.create({"product_id": self.hummus.id}),
                lambda lines=lines: lines.unlink(),
            )
            for call in calls:
                with self.subTest(role=role), self.assertRaises(AccessError):
                    call()

    def test_batch_numbers_do_not_become_numbers_of_documents(self):
        sequences = self.as_role("administrator", self.env["ir.sequence"])
        sequence = sequences.create(
            {"name": "S", "code": "stock.lot.batch", "batch_pattern": "{seq:2}"}
        )
        for vals in ({"code": "sale.order"}, {"batch_pattern": False}):
            with self.subTest(vals=vals), self.assertRaises(AccessError):
                sequence.write(vals)
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(SequenceOfOthersError):
            sequence.write({"company_id": other.id})
        with self.assertRaises(SequenceOfOthersError):
            sequences.create(
                {
                    "name": "S",
                    "code": "stock.lot.batch",
                    "batch_pattern": "{seq:2}",
                    "company_id": other.id,
                }
            )

    def test_a_batch_is_given_to_no_company_of_others(self):
        other = self.env["res.company"].create({"name": "Other"})
        with self.assertRaises(LotOfOthersError):
            self.as_role("quality", self.first).company_id = other

    def test_a_shared_batch_is_taken_from_nobody(self):
        other = self.env["res.company"].create({"name": "Other"})
        theirs = self.env["stock.warehouse"].search([("company_id", "=", other.id)])
        shared = self.make_lot(self.hummus, "SHARED", company_id=False)
        self.put_on_hand(shared, 5)
        self.put_on_hand(shared, 5, theirs.lot_stock_id)
        with self.assertRaises(LotOfOthersError):
            self.as_role("quality", shared).company_id = self.company

    def test_results_of_a_simulation_are_written_by_nobody(self):
        simulation = self.as_role(
            "administrator", self.env["stock.removal.simulation"]
        ).create({"waiting": "x", "state": "running", "date_from": "2024-01-01"})
        self.assertEqual((simulation.state, simulation.waiting), ("draft", False))

    def test_strangers_get_an_empty_overview(self):
        office = self.env["res.users"].create({"name": "Office", "login": "office"})
        overview = self.env["batch.overview"].with_user(office).get_overview()
        self.assertFalse(any(overview.values()))
