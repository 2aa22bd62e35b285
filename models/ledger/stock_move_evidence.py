from odoo import api, models

from ..base.characters import check_storable
from ..base.deletion import guards_deletion, with_guards_of_core
from . import ledger
from .correction import correction_reason_field, is_other, reason_in
from .exceptions import DoneStaysError, NotCarriedOutError

#: What a move says of its lines for good, once they are done.
FIXED_FIELDS = ("company_id", "product_id")
#: What else a done move tells: from where to where, for whom, and what of it became;
#: of these apps, those that are installed.
TOLD_FIELDS = (
    "location_id",
    "location_dest_id",
    "picking_id",
    "partner_id",
    "origin_returned_move_id",
    "sale_line_id",
    "purchase_line_id",
    "raw_material_production_id",
    "production_id",
    "workorder_id",
    "unbuild_id",
    "consume_unbuild_id",
    "repair_id",
    "repair_line_type",
)
#: What it cost: other apps correct that, by bills for one, also of held batches.
NOTED_FIELDS = ("price_unit", "value")
#: What other apps fill in afterwards, as a quotation for a repair that is done, or the
#: order to which goods are matched that came without one.
FILLED_IN = {"sale_line_id", "purchase_line_id"}


class StockMove(models.Model):
    """A move that is done stays done: its lines are what was moved.

    It is done by its lines having been carried out, and by nothing else.
    """

    _inherit = "stock.move"

    correction_reason = correction_reason_field()

    def write(self, vals):
        check_storable(self, vals, ["correction_reason"])
        self._check_done_stays(vals)
        self._check_state_is_earned(vals)
        corrected, reason = self._done_moves_changed_by(vals), reason_in(vals)
        if not (corrected or reason):
            return super().write(vals)
        before = {move: move._evidence() for move in corrected}
        with ledger.correcting(self.env.cr, reason):
            judged = corrected._told_otherwise_by(vals)
            judged._check_may_be_told_otherwise()
            told_of = corrected._lots_told_of()
            result = super().write(vals)
            # What follows for the lines is computed for the same reason.
            corrected.move_line_ids.flush_recordset()
            judged._check_may_be_told_otherwise()
            corrected._note_told_otherwise(before, told_of)
        return result

    def unlink(self):
        return super(StockMove, with_guards_of_core(self)).unlink()

    @guards_deletion
    def _unlink_except_carried_out(self):
        """Lines of a done move that its user does not see would be left without it."""
        for move in self.sudo():
            if move.state == "done" and move.move_line_ids:
                raise DoneStaysError(move.with_env(self.env), "state")

    def _check_done_stays(self, vals):
        """Refuse to say that something else was moved, or by another company.

        :raises DoneStaysError: naming the move
        """
        names = [name for name in FIXED_FIELDS if name in vals]
        if not names or self.env.su:
            return
        for move in self.sudo().filtered(lambda move: move.state == "done"):
            for name in names:
                if move[name].id != vals[name]:
                    raise DoneStaysError(move.with_env(self.env), name)

    def _check_state_is_earned(self, vals):
        """Refuse to call moves done that were not, and to open what is done.

        Core calls them done within the operation that has carried out their lines.

        :raises NotCarriedOutError: naming a move
        :raises DoneStaysError: naming a move that is done
        """
        if "state" not in vals:
            return
        is_finishing = ledger.is_finishing(self.env.cr)
        # Once for all: core closes thousands of moves by one write.
        finished = ledger.being_finished(self.env.cr)
        # sudo: what is done is found whatever the user may read
        for move in self.sudo():
            if move.state == "done" and vals["state"] != "done":
                raise DoneStaysError(move.with_env(self.env), "state")
            if move.state == "done" or vals["state"] != "done":
                continue
            if not (is_finishing and move._is_carried_out(finished)):
                raise NotCarriedOutError(move.with_env(self.env))

    def _is_carried_out(self, finished):
        """Tell whether all lines of the move that move anything are finished.

        An order that is finished also closes moves of which nothing was used.

        :param set finished: ids of lines
        """
        moving = self.move_line_ids.filtered("quantity_product_uom")
        return finished.issuperset(moving.ids)

    # -- evidence

    def _done_moves_changed_by(self, vals):
        """Return the done moves of batches of which this tells something else.

        What core itself writes within the operation that finishes them is part of that.
        """
        names = [name for name in self._evidence_fields() if name in vals]
        if not names:
            return self.browse()
        finished = ledger.being_finished(self.env.cr)
        if {*NOTED_FIELDS}.issuperset(names):
            # Apps loaded later say what it costs when all is done.
            finished |= ledger.finished_here(self.env.cr)
        changed = self.sudo().filtered(
            lambda move: (
                move.state == "done"
                and any(is_other(move, name, vals[name]) for name in names)
                and move.move_line_ids.lot_id
                and not finished.issuperset(move.move_line_ids.ids)
            )
        )
        return changed.with_env(self.env)

    def _told_otherwise_by(self, vals):
        """Return those of which this changes what only quality may correct.

        What other apps fill in where nothing was is no correction.
        """
        told = {*self._told_fields()} & vals.keys()
        if told <= FILLED_IN:
            return self.filtered(lambda move: any(move.sudo()[name] for name in told))
        return self

    def _check_may_be_told_otherwise(self):
        """Refuse it of what only quality corrects, with a reason.

        :raises DoneLineIsEvidenceError: naming a line
        """
        reason = ledger.reason_given(self.env.cr)
        self.sudo().move_line_ids.with_env(self.env)._check_may_correct(reason)

    def _lots_told_of(self):
        """Return ``{line: lots}`` of which the lines of these moves are evidence."""
        # sudo: as for lines, whoever changes them need not read all of them
        lines = self.sudo().move_line_ids
        return {line: told.lot_id for line, told in lines._lines_told_of().items()}

    @api.model
    def _told_fields(self):
        """Return the names of what says what was moved, if they are there.

        Rooms above add theirs.
        """
        return [name for name in TOLD_FIELDS if name in self._fields]

    @api.model
    def _evidence_fields(self):
        """Return the names of all of which a change leaves an event."""
        noted = [name for name in NOTED_FIELDS if name in self._fields]
        return [*self._told_fields(), *noted]

    def _evidence(self):
        """Return what a done move says: ``{field: value}``."""
        # sudo: as for lines, whoever changes it need not read what it hangs on
        return {name: self.sudo()[name] for name in self._evidence_fields()}

    def _note_told_otherwise(self, before, told_of):
        """Leave an event with each batch of done moves that tell something else.

        :param dict before: ``{move: _evidence()}`` as they were
        :param dict told_of: ``_lots_told_of()`` as they were
        """
        rows, reason = [], ledger.reason_given(self.env.cr)
        lots_now = self._lots_told_of()
        for move in self:
            after = move._evidence()
            changed = [name for name in after if after[name] != before[move][name]]
            for line in move.sudo().move_line_ids if changed else ():
                rows += [
                    line._note_correction(
                        lot,
                        move._fields[name],
                        move._evidence_text(name, before[move][name]),
                        move._evidence_text(name, after[name]),
                        reason,
                    )
                    for lot in told_of.get(line, line.lot_id) | lots_now[line]
                    for name in changed
                ]
        if rows:
            # sudo: whoever corrects leaves events, and nobody may write others
            self.env["stock.lot.event"].sudo().create(rows)

    def _evidence_text(self, name, value):
        """Return what a move says, as people read it; lines of orders by their order.

        Two lines of one product have the same name.
        """
        if not isinstance(value, models.BaseModel):
            return _as_text(self._fields[name], value, self.env)
        if "order_id" not in value._fields or not value:
            return value.display_name or ""
        order = value.order_id.display_name
        return f"{order}: {value.display_name}"


def _as_text(field, value, env):
    """Return a value that is no record as people read it."""
    if field.type == "selection":
        return dict(field._description_selection(env)).get(value, "")
    return f"{value:g}" if isinstance(value, float) else str(value or "")
