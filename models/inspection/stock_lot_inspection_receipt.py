from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ...tools.inspection.skip_lot import EVERY, History
from ...tools.movement import STOCK_USAGES
from .stock_lot_inspection import CANCELLED, OPEN, SKIPPED

MOMENT_BY_SOURCE = {"supplier": "receipt", "production": "production"}


class StockLotInspection(models.Model):
    """Inspections that make themselves when goods are received or produced."""

    _inherit = "stock.lot.inspection"

    @api.model
    def _inspect_arrivals(self, lines):
        """Make the inspections that plans ask for, of lines that are just done.

        So many statements, however many lots arrive; none where nothing is planned.

        :param lines: stock.move.line
        """
        if not self.env["stock.lot.inspection.plan"]._scopes():
            return
        arrivals = self._arrivals(lines)
        if arrivals:
            self._make_arrived(arrivals)._put_arrivals_in_quarantine()

    @api.model
    def _arrivals(self, lines):
        """Return ``{(plan, lot): line}`` of what is to be inspected, or skipped."""
        applying, arrivals = {}, {}
        for line in lines:
            facts = self._arrival_facts(line)
            if not facts:
                continue
            if facts not in applying:
                plans = self.env["stock.lot.inspection.plan"]
                # sudo: whoever moves goods need not read plans
                applying[facts] = plans.sudo()._applying(*facts)
            for plan in applying[facts]:
                arrivals.setdefault((plan, line.lot_id), line)
        return self._never_inspected(arrivals)

    def _arrival_facts(self, line):
        """Return what decides about the plans, or None for what does not arrive."""
        moment = self._arrival_moment(line)
        if not moment:
            return None
        supplier = self.env["res.partner"]
        if moment == "receipt":
            supplier = line.picking_id.partner_id.commercial_partner_id
        return (
            moment,
            line.product_id,
            supplier,
            line.picking_type_id,
            line.company_id,
        )

    @staticmethod
    def _arrival_moment(line):
        """Return the moment of plans at which a line's lot arrives, or None.

        What is split, merged or relabelled was there before.
        """
        arrives = line.lot_id and line.location_dest_id.usage in STOCK_USAGES
        if not arrives or line.move_id._is_internal_to_operation():
            return None
        return MOMENT_BY_SOURCE.get(line.location_id.usage)

    def _never_inspected(self, arrivals):
        """Leave out lots that more of arrives: their inspection has been made."""
        if not arrivals:
            return arrivals
        # sudo: whoever moves goods need not read inspections
        known = self.sudo()._read_group(
            [
                ("lot_id", "in", [lot.id for _plan, lot in arrivals]),
                ("plan_id", "in", [plan.id for plan, _lot in arrivals]),
                ("state", "!=", CANCELLED),
            ],
            ["plan_id", "lot_id"],
        )
        done = {(plan.id, lot.id) for plan, lot in known}
        return {
            key: line
            for key, line in arrivals.items()
            if (key[0].id, key[1].id) not in done
        }

    @api.model
    def _make_arrived(self, arrivals):
        """Make an inspection for each arrival, open or skipped by the plan's rule."""
        if not arrivals:
            return self.browse()
        histories = self._histories({plan for plan, _lot in arrivals})
        inspections = self._make(
            [
                self._arrived_vals(plan, lot, line, histories)
                for (plan, lot), line in arrivals.items()
            ]
        )
        skipped = inspections.filtered(lambda inspection: inspection.state == SKIPPED)
        for rule, skipped_by_rule in skipped.grouped("skipped_by").items():
            skipped_by_rule._note_events(self.env._("Inspection skipped"), new=rule)
        return inspections

    def _arrived_vals(self, plan, lot, line, histories):
        moment, _product, supplier, _operation, company = self._arrival_facts(line)
        key = plan.id, lot.product_id.id, supplier.id or 0
        inspected = histories[key].take(plan._skip_rule())
        return {
            "plan_id": plan.id,
            "lot_id": lot.id,
            "moment": moment,
            "supplier_id": supplier.id,
            "picking_id": line.picking_id.id,
            "reference": line.picking_id.name or line.reference,
            "company_id": company.id,
            "state": OPEN if inspected else SKIPPED,
            "skipped_by": not inspected and plan._skip_reason(),
        }

    @api.model
    def _histories(self, plans):
        """Return a ``History`` by plan, product and supplier (0: none), in one query.

        Plans that inspect everything need none.
        """
        histories = defaultdict(History)
        counting = [plan.id for plan in plans if plan.skip_rule != EVERY]
        if not counting:
            return histories
        self.flush_model()
        for *key, inspected, skipped, since, has_failed in self.env.execute_query(
            SQL(
                """
                SELECT plan_id, product_id, COALESCE(supplier_id, 0),
                       COUNT(*) FILTER (WHERE state != %(skipped)s),
                       COUNT(*) FILTER (
                           WHERE state = %(skipped)s AND id > COALESCE(inspected, 0)),
                       COUNT(*) FILTER (WHERE id > failed),
                       MAX(failed) IS NOT NULL
                FROM (
                    SELECT plan_id, product_id, supplier_id, state, id,
                           MAX(id) FILTER (WHERE state != %(skipped)s) OVER alike
                               AS inspected,
                           MAX(NULLIF(failed_after_id, 0)) OVER alike AS failed
                    FROM stock_lot_inspection
                    WHERE plan_id = ANY(%(plan_ids)s) AND state != %(cancelled)s
                      AND moment != 'demand'
                    WINDOW alike AS (PARTITION BY plan_id, product_id, supplier_id)
                ) known
                GROUP BY plan_id, product_id, supplier_id
                """,
                plan_ids=counting,
                skipped=SKIPPED,
                cancelled=CANCELLED,
            )
        ):
            since_failure = since if has_failed else None
            histories[tuple(key)] = History(inspected, skipped, since_failure)
        return histories

    def _put_arrivals_in_quarantine(self):
        """Let lots that are to be inspected wait, where the plan says so."""
        # sudo: whoever moves goods need not read plans
        waiting = self.sudo().filtered(
            lambda inspection: (
                inspection.state == OPEN
                and inspection.plan_id.quarantine_until_inspected
            )
        )
        for plan, inspections in waiting.grouped("plan_id").items():
            inspections.with_env(self.env)._quarantine(
                self.env._("Waits for the inspection by plan “%s”.", plan.name)
            )
