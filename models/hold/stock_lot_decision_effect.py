from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command, Domain
from odoo.tools import format_date

from ...tools.days import local_day
from ..base.job import JobRun
from ..disposition.disposition_change import DispositionChange


class StockLotDecision(models.Model):
    """Does what was decided: dispositions, reservations, transfers, and its end."""

    _inherit = "stock.lot.decision"

    def _apply(self):
        """Put the lots under the disposition, and keep what that did."""
        lots = self._as_they_were()
        lots -= self._end_own_hold(lots)
        change = DispositionChange(self._full_reason(), self.leave_touched)
        lots._change_disposition(self.disposition_id, change)
        self._join_hold(lots)
        lots.decision_id = self
        self.write(
            {
                "skipped_lot_ids": [Command.set((self.lot_ids - lots).ids)],
                "lot_count": len(lots),
                **self._effect_values(change),
            }
        )
        if self.location_id:
            self.move_picking_ids = self._move_to_place(lots)

    @api.model
    def _apply_for(self, document, lots, disposition, reason):
        """Put lots under what a recall or an inspection decides, and keep that.

        Whether it may is for the caller to know.

        :param document: the record that decides; people read its name
        :param str reason: kept in the history of every lot
        :return: the new stock.lot.decision; none when all lots are under it already
        """
        lots = lots.filtered(lambda lot: lot.disposition_id != disposition)
        if not lots:
            return self
        values = self._prepare_decision(lots, disposition, reason)
        change = DispositionChange(reason)
        lots._change_disposition(disposition, change)
        # sudo: decisions are only ever written by themselves; nobody follows these
        decisions = self.sudo().with_context(
            mail_create_nolog=True, mail_create_nosubscribe=True
        )
        return decisions.create(
            {
                **values,
                **self._effect_values(change),
                **self._document_values(document),
                "state": "done",
            }
        )

    @api.model
    def _document_values(self, document):
        return {
            "document_name": document.display_name,
            "document_model": document._name,
            "document_id": document.id,
            "company_id": document.company_id.id or self.env.company.id,
        }

    def _effect_values(self, change):
        return {
            "line_count": change.line_count,
            "picking_ids": [Command.set(sorted(change.picking_ids))],
            "left_picking_ids": [Command.set(sorted(change.left_picking_ids))],
        }

    def _as_they_were(self):
        """Return the lots that are still under what they were when it was decided.

        Whoever proposed to release a held lot did not propose to release a recalled
        one, nor one that was held anew.
        """
        known = self.proposed_events
        now = self.lot_ids._disposition_event_ids() if known else None
        return self.lot_ids.filtered(
            lambda lot: (
                self.former_dispositions.get(str(lot.id)) == lot.disposition_id.id
                and (not known or known.get(str(lot.id)) == now.get(str(lot.id)))
            )
        )

    def _why(self):
        """Return the reason that was chosen, and what was said in words."""
        return ": ".join(filter(None, (self.reason_id.name, self.reason)))

    def _full_reason(self):
        """Return why, with the decision's number and who proposed it."""
        text = self._why()
        if self.in_spite_of:
            text = self.env._(
                "%(reason)s – in spite of: %(warnings)s",
                reason=text,
                warnings=" ".join(self.in_spite_of.splitlines()),
            )
        if self.approver_id:
            return self.env._(
                "%(reason)s (%(name)s, proposed by %(who)s)",
                reason=text,
                name=self.name,
                who=self.user_id.name,
            )
        return f"{text} ({self.name})"

    # -- into the quarantine

    def _move_to_place(self, lots):
        """Return transfers, one per warehouse, of what lies free elsewhere."""
        by_warehouse = self._by_warehouse(self._free_elsewhere(lots))
        pickings = self.env["stock.picking"].create(
            [self._prepare_picking(warehouse) for warehouse in by_warehouse]
        )
        self.env["stock.move"].create(
            [
                self._prepare_move(picking, product, product_quants)
                for picking, warehouse_quants in zip(
                    pickings, by_warehouse.values(), strict=True
                )
                for product, product_quants in warehouse_quants.grouped(
                    "product_id"
                ).items()
            ]
        )
        pickings.action_confirm()
        return pickings

    def _by_warehouse(self, quants):
        """Return ``{warehouse: its stock}``; what is outside goes from the place's."""
        by_warehouse = defaultdict(self.env["stock.quant"].browse)
        for quant in quants:
            place = quant.location_id.warehouse_id or self.location_id.warehouse_id
            by_warehouse[place] |= quant
        by_warehouse.pop(self.env["stock.warehouse"], None)
        return by_warehouse

    def _free_elsewhere(self, lots):
        """Return the stock that is to be taken to the place, and is not reserved."""
        quants = self.env["stock.quant"].search(
            Domain("lot_id", "in", lots.ids)
            & Domain("location_id.usage", "=", "internal")
            & Domain("quantity", ">", 0)
            & Domain("company_id", "=", self._place_company().id)
            & ~Domain("location_id", "child_of", self.location_id.id)
        )
        return quants.filtered(lambda q: q.quantity > q.reserved_quantity)

    def _place_company(self):
        return self.location_id.company_id or self.company_id

    def _prepare_picking(self, warehouse):
        return {
            "picking_type_id": warehouse.int_type_id.id,
            "origin": self.name,
            "user_id": self.user_id.id,
            "location_id": warehouse.view_location_id.id,
            "location_dest_id": self.location_id.id,
        }

    def _prepare_move(self, picking, product, quants):
        return {
            "picking_id": picking.id,
            "product_id": product.id,
            "product_uom_qty": sum(map(self._free, quants)),
            "company_id": self._place_company().id,
            "origin": self.name,
            "location_id": picking.location_id.id,
            "location_dest_id": self.location_id.id,
            # Created with its lines: reserving would take any lot for a quarantine.
            "move_line_ids": [
                Command.create(self._prepare_line(picking, quant)) for quant in quants
            ],
        }

    def _prepare_line(self, picking, quant):
        return {
            "picking_id": picking.id,
            "product_id": quant.product_id.id,
            "lot_id": quant.lot_id.id,
            "quantity": self._free(quant),
            "location_id": quant.location_id.id,
            "location_dest_id": self.location_id.id,
            "package_id": quant.package_id.id,
            "owner_id": quant.owner_id.id,
            "company_id": self._place_company().id,
        }

    def _free(self, quant):
        return quant.quantity - quant.reserved_quantity

    # -- its end

    @api.model
    def _cron_until(self):
        """Remind of holds that end, or release where somebody decided so."""
        # One at a time: a decision may be about thousands of lots.
        job = JobRun(self.env, "batch_tracking.ir_cron_hold_until")
        job.do(self._find_ending(), lambda decision: decision._end(), size=1)

    @api.model
    def _find_ending(self):
        """Return the decisions whose last day has begun where their company is."""
        now = fields.Datetime.now()
        begun = self.search(
            [
                ("state", "=", "done"),
                # No clock is more than a day ahead of UTC.
                ("until_date", "<=", now.date() + timedelta(days=1)),
                ("has_ended", "=", False),
            ]
        )
        return begun.filtered(
            lambda decision: (
                decision.until_date <= local_day(now, decision.company_id._zone())
            )
        )

    def _end(self):
        """Remind who decided, or release the lots that are still held by this."""
        self.has_ended = True
        lots = self._lots_still_under_it()
        if not lots:
            return
        if self.ends_by == "release" and self._may_still_release(lots):
            reason = self.env._(
                "%(who)s decided on %(date)s to release it today (%(name)s).",
                who=self.user_id.name,
                date=format_date(self.env, self.date),
                name=self.name,
            )
            lots._set_disposition(lots._disposition("released"), reason)
            return
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self._ended_summary(lots),
            user_id=self.user_id.id,
        )

    def _lots_still_under_it(self):
        """Return its lots that nothing else has been decided on since."""
        return self.lot_ids.filtered(
            lambda lot: (
                lot.decision_id == self and lot.disposition_id == self.disposition_id
            )
        )

    def _may_still_release(self, lots):
        """Tell whether who decided it may release these lots alone, also today."""
        released = lots._disposition("released")
        return not (
            lots._needs_approval(released)
            or any(lot._holders() - self.user_id.company_ids for lot in lots._shared())
        ) and lots._may_release(self.user_id)

    def _ended_summary(self, lots):
        """Return what its people are asked on its last day."""
        disposition = self.disposition_id.name
        if len(lots) == 1:
            return self.env._(
                "Batch %(lot)s is “%(disposition)s” until today: decide",
                lot=lots.name,
                disposition=disposition,
            )
        return self.env._(
            "%(count)s batches are “%(disposition)s” until today: decide",
            count=len(lots),
            disposition=disposition,
        )
