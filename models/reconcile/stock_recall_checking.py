import secrets
from collections import Counter

from odoo import fields, models
from odoo.tools import SQL

from ...tools.reconcile.effectiveness import (
    LEAST_OF_B,
    MOST_OF_B,
    outcome_of,
    required_checks,
)
from ...tools.reconcile.population import Recipient, draw_strata, population_of, spread
from ...tools.reconcile.power import failing_of, power_table, smallest_sample
from ..recall.kinds import OPEN_STATES
from .exceptions import NoCheckLevelError

#: Percent that failed, and chance to see any, for which a sample is proposed.
PROPOSED_FOR, WANTED = 5, 95


class StockRecall(models.Model):
    """Draws whom to check, and says what the checks came to."""

    _inherit = "stock.recall"

    check_ids = fields.One2many("stock.recall.check", "recall_id", readonly=True)
    check_percent = fields.Float(
        "Share to check (%)", digits=(5, 2), help="Of level B: between 10 and 100."
    )
    check_seed = fields.Char(
        readonly=True,
        copy=False,
        help="Kept from the first draw on: it draws the same on any machine.",
    )

    def _editable_fields(self):
        return super()._editable_fields() | {"check_percent"}

    # -- drawing

    def _population(self):
        """Return every consignee once, see ``tools/reconcile/population``."""
        rows = self.consignee_ids.filtered(
            lambda row: row.partner_id and row.distributed > 0 and not row.is_cleared
        )
        return population_of(
            {
                Recipient(
                    str(partner.id),
                    str(partner.commercial_partner_id.id or partner.id),
                    partner.commercial_partner_id.industry_id.name or "",
                )
                for partner in rows.partner_id
            },
            by_site=self.is_by_site,
        )

    def _population_size(self):
        """Return how many ``_population`` has, counted by the database.

        Who had sent all back before the recall was launched had nothing of it any
        more, and is no consignee of it; who sends it back now is one.
        """
        self.ensure_one()
        self.env["stock.recall.consignee"].flush_model()
        self.env["res.partner"].flush_model(["commercial_partner_id"])
        whom = "partner.id" if self.is_by_site else "commercial_partner_id"
        (count,) = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(DISTINCT COALESCE(%s, partner.id))
                  FROM stock_recall_consignee row
                  JOIN res_partner partner ON partner.id = row.partner_id
                 WHERE row.recall_id = %s AND row.distributed > 0
                   AND row.is_cleared IS NOT TRUE
                """,
                SQL.identifier(*whom.split(".")),
                self.id,
            )
        )[0]
        return count

    def _required_checks(self, population):
        """Return how many consignees the level asks for; 0 without a level."""
        if not self.check_level:
            return 0
        try:
            return required_checks(population, self.check_level, self.check_percent)
        except ValueError as error:
            raise NoCheckLevelError(self) from error

    def action_draw_checks(self):
        """Draw whom to check; drawn again after more were added, the first stay."""
        self.ensure_one()
        self._check_step(*OPEN_STATES)
        if not self.check_level:
            raise NoCheckLevelError(self)
        members = self._population()
        count = self._required_checks(len(members))
        # sudo: only drawing writes checks, and the right is checked
        recall = self.sudo()
        recall.check_seed = recall.check_seed or secrets.token_hex(8)
        strata = spread(count, Counter(member.stratum for member in members))
        drawn = draw_strata(members, strata, recall.check_seed)
        known = set(recall.check_ids.partner_id.ids)
        new = [member for member in drawn if int(member.key) not in known]
        recall.check_ids.create(
            [
                {
                    "recall_id": self.id,
                    "partner_id": int(member.key),
                    "stratum": member.stratum,
                    "place": place,
                }
                for place, member in enumerate(new, start=len(known) + 1)
            ]
        )
        what = self.env._("Effectiveness checks drawn")
        self._note_step(
            what, new=f"{len(new)} / {len(members)}", reason=recall.check_seed
        )
        return self.action_open_checks()

    def action_raise_check_level(self, level):
        """Go on with a higher level, as is proposed when a check has failed.

        :param str level: one of those that are proposed
        """
        self.ensure_one()
        self._check_may_recall()
        proposed = [name for name, _count in self._check_outcome().proposals]
        if level not in proposed:
            raise NoCheckLevelError(self)
        self.check_level = level
        return self.action_draw_checks()

    def action_open_checks(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Effectiveness checks of %s", self.name),
            "res_model": "stock.recall.check",
            "view_mode": "list,kanban,form",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("recall_id", "=", self.id)],
        }

    # -- what they came to

    def _has_check_level(self):
        """Tell whether it is known how many consignees are to be checked."""
        has_share = LEAST_OF_B < self.check_percent < MOST_OF_B
        return bool(self.check_level) and (self.check_level != "B" or has_share)

    def _check_counts(self):
        counts = self.env["stock.recall.check"]._read_group(
            [("recall_id", "=", self.id)], ["state"], ["__count"]
        )
        return Counter(dict(counts))

    def _check_outcome(self, population=None):
        """Return what the checks came to, see ``tools/reconcile/effectiveness``."""
        self.ensure_one()
        if population is None:
            population = self._population_size()
        counts = self._check_counts()
        return outcome_of(
            self.check_level or "E",
            population,
            required=self._required_checks(population),
            verified=counts["verified"],
            failed=counts["failed"],
            waived=counts["waived"],
        )

    def _check_figures(self, population=None):
        """Return what a page shows of the checks, None without a level.

        :param int population: how many consignees there are, if the caller knows
        """
        if not self._has_check_level():
            return None
        if population is None:
            population = self._population_size()
        counts = self._check_counts()
        outcome = self._check_outcome(population)
        required = self._required_checks(population)
        done = counts["verified"] + counts["failed"]
        failing = failing_of(population, PROPOSED_FOR)
        return {
            "level": self.check_level,
            "population": population,
            "required": required,
            "counts": dict(counts),
            "is_met": outcome.is_met,
            "is_met_without_waived": outcome.is_met_without_waived,
            "rates": list(outcome.rates),
            "proposals": [list(proposal) for proposal in outcome.proposals],
            "has_failed": bool(counts["failed"]),
            "power": sorted(power_table(population, min(done, population)).items()),
            "power_planned": sorted(power_table(population, required).items()),
            "smallest": smallest_sample(population, failing, WANTED),
        }
