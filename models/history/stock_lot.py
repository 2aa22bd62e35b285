from contextlib import contextmanager

from odoo import api, fields, models

from ..base.ids import check_one
from .lot_change import KEY, LotChange

#: field -> kind of the event that its change leaves; rooms above add theirs, see
#: ``_audited_fields``
AUDITED = {
    "disposition_id": "disposition",
    "production_date": "dates",
    "expiration_date": "dates",
    "use_date": "dates",
    "removal_date": "dates",
    "alert_date": "dates",
    "name": "number",
    "ref": "properties",
    "lot_properties": "properties",
    "company_id": "properties",
}


def _differences(before, after):
    """Yield ``(lot, field, old, new)`` of what differs.

    :param dict before: ``{lot: {field: text}}``
    :param dict after: the same, of the same lots
    """
    for lot, values in before.items():
        for name, old in values.items():
            if old != after[lot][name]:
                yield lot, name, old, after[lot][name]


class StockLot(models.Model):
    """A lot whose changes leave an event.

    Whoever changes one says why by ``_write_because``; over RPC, by a text as
    ``batch_reason`` in the context of ``write``.
    """

    _inherit = "stock.lot"

    event_ids = fields.One2many("stock.lot.event", "lot_id", string="History")

    def write(self, vals):
        names = self._audited_in(vals)
        if "product_id" in vals:
            names |= {"company_id"}  # which core computes anew, also from the same one
        if not names:
            return super().write(vals)
        with self._telling(names):
            return super().write(vals)

    @api.model
    def _audited_fields(self):
        """Return ``{field: kind of event}`` of what leaves one if it changes."""
        return AUDITED

    def _audited_in(self, vals):
        """Return the names of the fields of which a change by ``vals`` is told."""
        return self._audited_fields().keys() & vals.keys()

    @contextmanager
    def _telling(self, names):
        """Leave events of what changes meanwhile of these fields."""
        before = self._audited_values(names)
        left = self._history_companies() if "company_id" in names else {}
        yield
        self._note_changes(before, self._audited_values(names), left)

    def _telling_company(self):
        """Leave events in both histories if lots go to another company meanwhile."""
        return self._telling(["company_id"])

    def _write_because(self, vals, change):
        """Write ``vals``; the events that this leaves say why.

        :param LotChange change: why, and what else rooms need to know of it
        """
        return self.with_context(**{KEY: change}).write(vals)

    def action_open_events(self):
        check_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("History of %s", self.display_name),
            "res_model": "stock.lot.event",
            "view_mode": "list,kanban,form",
            "domain": [("lot_id", "=", self.id)],
        }

    def _last_disposition_events(self):
        """Return ``{lot id: event}`` of the last changes of their own disposition.

        In one query, of the user's companies, whether or not the user reads histories:
        why a lot is held is no secret to who may see that it is.
        """
        # sudo: see above
        events = self.env["stock.lot.event"].sudo()
        groups = events._read_group(
            self._disposition_event_domain(), ["lot_id"], ["id:max"]
        )
        return {lot.id: events.browse(event_id) for lot, event_id in groups}

    def _disposition_event_domain(self):
        """Return the domain of what has changed the disposition of these lots."""
        return [
            ("lot_id", "in", self.ids),
            ("kind", "=", "disposition"),
            # Of a document: what befell the lot's place, or what it is under.
            ("res_model", "=", False),
            ("company_id", "in", self.env.companies.ids),
        ]

    def _audited_values(self, names):
        """Return ``{lot: {field: value as people read it}}``."""
        texts = {}  # of records that many lots name
        return {
            lot: {name: lot._as_text(name, texts) for name in names} for lot in self
        }

    def _as_text(self, name, texts=None):
        """Return a field's value as text: dates in UTC, records by their name.

        :param dict texts: ``{record: name}`` of those that were named already
        """
        texts = {} if texts is None else texts
        value = self[name]
        if isinstance(value, models.BaseModel):
            if value not in texts:
                texts[value] = value.sudo().display_name or ""
            return texts[value]
        field = self._fields[name]
        if field.type == "properties":
            properties = self.read([name])[0][name]
            return ", ".join(f"{p['string']}: {p.get('value')}" for p in properties)
        if field.type in ("date", "datetime"):
            return field.to_string(value) if value else ""
        return str(value or "")

    def _note_changes(self, before, after, left):
        """Note what differs.

        :param dict left: ``{lot: res.company}`` whose histories a lot may have left by
            the change: it is noted there as well
        """
        # sudo: whoever may change a lot leaves an event, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        reason = LotChange.of(self.env).reason
        kinds = self._audited_fields()
        labels = {
            name: self._fields[name]._description_string(self.env) for name in kinds
        }
        companies = self._history_companies()
        events.create(
            [
                events._note(
                    lot,
                    kinds[name],
                    labels[name],
                    old,
                    new,
                    reason=reason,
                    company_id=company.id,
                )
                for lot, name, old, new in _differences(before, after)
                for company in companies[lot] | left.get(lot, lot.company_id)
            ]
        )

    def _history_companies(self):
        """Return ``{lot: res.company}`` in whose histories its changes are noted.

        Of a lot that companies share: the current one, and each that has moved some.
        """
        found = {lot: lot.company_id or self.env.company for lot in self}
        shared = self.filtered(lambda lot: not lot.company_id)
        # sudo: each of them may know, whoever changes the lot
        companies = self.env["res.company"].sudo()
        if not shared or companies.search_count([], limit=2) == 1:
            return found
        lines = self.env["stock.move.line"].sudo()
        for lot, companies in lines._read_group(
            [("lot_id", "in", shared.ids), ("state", "=", "done")],
            ["lot_id"],
            ["company_id:recordset"],
        ):
            # Records are equal whatever their environment.
            found[lot] |= companies.with_env(self.env)
        return found
