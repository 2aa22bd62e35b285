from datetime import date

from odoo import fields, models
from odoo.tools import format_list

from ...tools.reconcile.openfda import Facts, LotCode, enforcement_report

#: Our states in the words that ``tools/reconcile/openfda`` knows.
STATES = {"progress": "in_progress", "monitoring": "monitoring", "closed": "terminated"}
#: So many are named in a printed report; the spreadsheet has all.
PRINTED = 200


class StockRecall(models.Model):
    """What a status report and the final report say."""

    _inherit = "stock.recall"

    def _enforcement_report(self):
        """Return the recall in the field names of openFDA, all of them texts."""
        self.ensure_one()
        company = self.company_id.partner_id
        facts = Facts(
            firm=self.company_id.name,
            product=self._product_text(),
            kind="",
            lots=[
                LotCode(lot.name, self._day(lot.expiration_date))
                for lot in self._named_lots()
            ],
            quantity=self._quantity_text(),
            reason=self.reason,
            state=STATES.get(self.state, "in_progress"),
            initiated=self._day(self.date_start) or date.today(),
            event=self.name,
            recall_class=self.recall_class or "",
            terminated=self._day(self.date_close),
            reported=fields.Date.context_today(self),
            first_notified_by=self._first_notified_by(),
            distribution=self._distribution_text(),
            street=company.street or "",
            street2=company.street2 or "",
            city=company.city or "",
            region=company.state_id.name or "",
            postal_code=company.zip or "",
            country=company.country_id.name or "",
        )
        return enforcement_report(facts)

    def _day(self, moment):
        """Return the day of a moment where the company is."""
        if not moment:
            return None
        zone = self.company_id._zone()
        return fields.Datetime.context_timestamp(
            self.with_context(tz=zone.zone), moment
        ).date()

    def _named_lots(self):
        """Return the batches that left our hands; all of them if none did."""
        out = self.env["stock.recall.lot"].search(
            [("recall_id", "=", self.id), ("is_cleared", "=", False)]
        )
        return (out.filtered("delivered") or out).lot_id

    def _product_text(self):
        products = self._named_lots().product_id
        return "; ".join(products.sorted("name").mapped("display_name"))

    def _quantity_text(self):
        return ", ".join(
            f"{chain.distributed:,g} {unit.name}"
            for unit, chain in self._chains().items()
        )

    def _first_notified_by(self):
        """Return how the first consignee was told."""
        first = self.env["stock.recall.notice"].search(
            [("recall_id", "=", self.id), ("notified_at", "!=", False)],
            order="notified_at",
            limit=1,
        )
        labels = dict(first._fields["method"]._description_selection(self.env))
        return labels.get(first.method, "")

    def _distribution_text(self):
        """Return the countries and states that goods went to, in one sentence."""
        partners = self.consignee_ids.partner_id
        places = {
            partner.state_id.name or partner.country_id.name
            for partner in partners
            if partner.state_id or partner.country_id
        }
        return format_list(self.env, sorted(places)) if places else ""

    # -- printed

    def _status_facts(self):
        """Return the figures of a status report, by 21 CFR 7.53(b).

        :return: dict with ``stages``, ``counts``, ``units``, ``checks`` (as on the
            page) and ``missing`` (names of consignees that have not answered)
        """
        waiting = self.env["stock.recall.consignee"]._read_group(
            [
                ("recall_id", "=", self.id),
                ("state", "=", "waiting"),
                ("is_cleared", "=", False),
                ("partner_id", "!=", False),
            ],
            ["partner_id"],
            limit=PRINTED,
        )
        names = sorted(partner.display_name for (partner,) in waiting)
        return {**self._progress(), "missing": names}

    def _printed_ledger(self):
        """Return the rows that a printed report lists, those of most quantity first."""
        return self.env["stock.recall.consignee"].search(
            [("recall_id", "=", self.id), ("is_cleared", "=", False)],
            order="distributed desc, id",
            limit=PRINTED,
        )

    def _printed_percent(self, share):
        return "–" if share is None else f"{100 * share:.2f} %"
