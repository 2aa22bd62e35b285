import json
from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ...models.history.exceptions import SettingIsLoweredError
from ...models.hold.exceptions import LoweringIsNotWrittenError, ReleasesWaitError
from .hold_case import HoldCase

FOUR_EYES, SIGN = "batch_release_four_eyes", "batch_sign"


@tagged("post_install", "-at_install")
class TestSettingsLowered(HoldCase):
    """What stands before a release is switched off by who may, and seen by all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        rights = ("base.group_system", "batch_tracking.group_batch_administrator")
        cls.anna, cls.ben = cls.user("anna", *rights), cls.user("ben", *rights)
        cls.technician = cls.user("technician", "base.group_system")

    def switch_off(self, user, *names):
        self.company.with_user(user).write(dict.fromkeys(names, False))
        self.env.invalidate_all()

    def events(self):
        found = self.env["stock.lot.event"].search(
            [("kind", "=", "setting"), ("user_id", "in", (self.anna | self.ben).ids)],
            order="id",
        )
        return [(event.user_id, event.what, event.new_value) for event in found]

    def test_signing_is_switched_off_by_batch_administrators_alone(self):
        self.company.batch_sign = True
        with self.refused(SettingIsLoweredError) as refusal:
            self.switch_off(self.technician, SIGN)
        self.assertEqual(refusal.exception.setting, SIGN)
        with self.refused(SettingIsLoweredError):
            self.company.with_user(self.technician).sudo().batch_sign = False
        self.switch_off(self.anna, SIGN)
        self.assertFalse(self.company.batch_sign)
        label = self.company._fields[SIGN].string
        self.assertEqual(self.events(), [(self.anna, label, "No")])

    def test_on_the_settings_screen_too(self):
        self.company.batch_sign = True
        settings = self.env["res.config.settings"].with_user(self.technician)
        with self.refused(SettingIsLoweredError):
            settings.create({SIGN: False}).execute()
        self.assertTrue(self.company.batch_sign)

    def test_whoever_sets_up_the_company_may_demand_more(self):
        company = self.company.with_user(self.technician)
        company.write({SIGN: True, FOUR_EYES: True})
        company.write({"name": "Kitchen"})
        self.assertTrue(self.company.batch_release_four_eyes)

    def test_two_people_switch_off_that_two_release(self):
        self.two_people()
        with self.refused(SettingIsLoweredError):
            self.switch_off(self.technician, FOUR_EYES)
        for _again in range(2):
            self.switch_off(self.anna, FOUR_EYES)
            self.assertTrue(self.company.batch_release_four_eyes)
        self.assertIn("anna", self.company.batch_lowering_note)
        self.switch_off(self.ben, FOUR_EYES)
        self.assertFalse(self.company.batch_release_four_eyes)
        self.assertFalse(self.company.batch_lowering_note)
        label = self.company._fields[FOUR_EYES].string
        asked = "Switching it off was asked for"
        told = [(self.anna, label, asked), (self.ben, label, "No")]
        self.assertEqual(self.events(), told)

    def test_where_two_people_release_two_switch_off_signing(self):
        self.two_people()
        self.company.batch_sign = True
        self.switch_off(self.anna, SIGN)
        self.assertTrue(self.company.batch_sign)
        # Who asks for the one has not asked for the other.
        self.switch_off(self.ben, FOUR_EYES)
        self.assertTrue(self.company.batch_release_four_eyes)
        self.switch_off(self.ben, SIGN)
        self.assertFalse(self.company.batch_sign)

    def test_other_values_written_with_it_are_written(self):
        self.two_people()
        self.company.with_user(self.anna).write({FOUR_EYES: False, "name": "Kitchen"})
        self.assertEqual(self.company.name, "Kitchen")
        self.assertTrue(self.company.batch_release_four_eyes)

    def test_asking_lasts_a_week(self):
        self.two_people()
        self.switch_off(self.anna, FOUR_EYES)
        past = fields.Date.today() - timedelta(days=8)
        asked = {FOUR_EYES: [self.anna.id, fields.Date.to_string(past)]}
        self.env.cr.execute(
            "UPDATE res_company SET batch_lowering_asked = %s::jsonb WHERE id = %s",
            [json.dumps(asked), self.company.id],
        )
        self.env.invalidate_all()
        self.switch_off(self.ben, FOUR_EYES)
        self.assertTrue(self.company.batch_release_four_eyes)
        self.switch_off(self.anna, FOUR_EYES)
        self.assertFalse(self.company.batch_release_four_eyes)

    def test_nobody_writes_that_another_has_asked(self):
        self.two_people()
        asked = {FOUR_EYES: [self.ben.id, fields.Date.to_string(fields.Date.today())]}
        with self.refused(LoweringIsNotWrittenError):
            self.company.with_user(self.anna).batch_lowering_asked = asked

    def test_not_while_releases_wait_for_the_second_person(self):
        self.two_people()
        self.decide(self.raw)
        decision = self.decide(self.raw, "released")
        with self.refused(ReleasesWaitError) as refusal:
            self.switch_off(self.anna, FOUR_EYES)
        self.assertEqual(refusal.exception.decisions, decision)
        decision.with_user(self.boss).action_approve()
        self.switch_off(self.anna, FOUR_EYES)
        self.switch_off(self.ben, FOUR_EYES)
        self.assertFalse(self.company.batch_release_four_eyes)
