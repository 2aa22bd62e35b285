from odoo import fields, models

from ...tools.workbook import Sheet, workbook
from .stock_recall_check import FOUND
from .stock_recall_progress import LINE


class StockRecall(models.Model):
    """Everything of a recall in one spreadsheet: no letter is a formula in it."""

    _inherit = "stock.recall"

    def _workbook(self):
        """Return the bytes of an XLSX file, in the user's language and zone."""
        self.ensure_one()
        return workbook(self._sheets())

    def _sheets(self):
        return [
            self._figures_sheet(),
            self._ledger_sheet(),
            self._lots_sheet(),
            self._answers_sheet(),
            self._checks_sheet(),
            self._decisions_sheet(),
            self._events_sheet(),
            *([self._untraced_sheet()] if self.is_drill else []),
        ]

    def _read_rows(self, model, domain, names, order=None):
        """Return rows of a table, set-based: names of records, times of the user.

        :param names: of fields; dates and selections as people read them
        """
        records = self.env[model]
        columns = {name: records._fields[name] for name in names}
        query = records._search(domain, order=order)
        # Not record by record: what is related is computed in ten times the time.
        stored = [name for name, field in columns.items() if _is_stored(field)]
        wanted = [
            records._field_to_sql(records._table, name, query)
            for name in ("id", *stored)
        ]
        found = self.env.execute_query(query.select(*wanted))
        if not found:
            return []
        ids, *values = zip(*found, strict=True)
        read = dict(zip(stored, values, strict=True))
        for name in columns.keys() - read.keys():
            computed = [record[name] for record in records.browse(ids)]
            is_link = columns[name].type == "many2one"
            read[name] = [value.id for value in computed] if is_link else computed
        cells = [self._cells(field, read[name]) for name, field in columns.items()]
        return [list(row) for row in zip(*cells, strict=True)]

    def _cells(self, field, values):
        """Return values of a column as people read them: names, labels, local times."""
        if field.type == "many2one":
            records = self.env[field.comodel_name].browse(filter(None, {*values}))
            names = dict(zip(records.ids, records.mapped("display_name"), strict=True))
            return [names.get(value) for value in values]
        if field.type == "selection":
            labels = dict(field._description_selection(self.env))
            return [labels.get(value) for value in values]
        if field.type == "datetime":
            return [self._local(value) for value in values]
        is_number = field.type in ("float", "integer", "monetary")
        return [value or 0 for value in values] if is_number else values

    def _local(self, moment):
        if not moment:
            return None
        return fields.Datetime.context_timestamp(self, moment).replace(tzinfo=None)

    def _titles(self, model, names):
        described = self.env[model].fields_get(names, ["string"])
        return [described[name]["string"] for name in names]

    def _sheet(self, title, model, domain, names, order=None):
        rows = self._read_rows(model, domain, names, order)
        return Sheet(title, self._titles(model, names), rows)

    def action_download_workbook(self):
        return self._download("recall.xlsx")

    def action_download_openfda(self):
        return self._download("openfda.json")

    def _download(self, name):
        self.ensure_one()
        url = f"/batch_tracking/recall/{self.id}/{name}"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    # -- sheets

    def _figures_sheet(self):
        percent = "%"
        rows = [
            [self.env._("Recall"), self.name, None],
            [self.env._("Reason"), self.reason, None],
            [self.env._("Launched"), self._local(self.date_start), None],
            [self.env._("Closed"), self._local(self.date_close), None],
        ]
        progress = self._progress()
        for unit in progress["units"]:
            rows += [
                [self.env._("Distributed"), unit["distributed"], unit["unit"]],
                [self.env._("Recovered"), unit["recovered"], unit["unit"]],
                [self.env._("Located, not back"), unit["located"], unit["unit"]],
                [self.env._("Unaccounted for"), unit["unaccounted"], unit["unit"]],
                [self.env._("Too much"), unit["surplus"], unit["unit"]],
                [self.env._("Recovery"), _percent(unit["recovery"]), percent],
                [
                    self.env._("Accounted for by consignees"),
                    _percent(unit["accounted"]),
                    percent,
                ],
                *self._tier_rows(unit),
            ]
        rows += [
            [stage["label"], stage["done"], f"/ {stage['total']}"]
            for stage in progress["stages"]
        ]
        rows += [[kpi["label"], kpi["value"], None] for kpi in progress["kpis"]]
        rows += self._drill_rows() if self.is_drill else self._leak_rows()
        columns = [self.env._("Figure"), self.env._("Value"), self.env._("Unit")]
        return Sheet(self.env._("Figures"), columns, rows)

    def _tier_rows(self, unit):
        """Return what is missing and what is too much in each tier; never netted."""
        rows = []
        for tier in unit["tiers"]:
            labels = {
                "unaccounted": self.env._("Unaccounted for, tier %s", tier["tier"]),
                "surplus": self.env._("Too much, tier %s", tier["tier"]),
            }
            rows += [[text, tier[name], unit["unit"]] for name, text in labels.items()]
        return rows

    def _leak_rows(self):
        left = self._amounts_text(self._left_after_decision()) or 0
        return [[self.env._("Left after the decision"), left, None]]

    def _drill_rows(self):
        """Return the figures of a drill: its clock, and how complete it was."""
        percent = "%"
        return [
            [self.env._("Time to trace"), self._took("trace"), "h"],
            [self.env._("Time to list"), self._took("list"), "h"],
            [self.env._("Time to reconcile"), self._took("reconciled"), "h"],
            [self.env._("Explained by our records"), self.accounted_percent, percent],
            [self.env._("Consignees within reach"), self.reachable_percent, percent],
            [self.env._("Used with a batch"), self.traced_percent, percent],
            [self.env._("Completeness"), self.drill_score, percent],
            [self.env._("What is to be mended"), self.drill_remark or "", None],
        ]

    def _ledger_sheet(self):
        names = [
            "partner_id",
            "tier",
            "phone",
            "email",
            "product_id",
            "lot_id",
            "unit_id",
            "delivered",
            "returned",
            "distributed",
            "state",
            "answered_at",
            *LINE[2:],
            "not_located",
            "recovered",
            "unaccounted",
            "excess",
            "told_note",
            "is_cleared",
            "waived_reason",
            "waived_by_id",
        ]
        return self._sheet(
            self.env._("Ledger"),
            "stock.recall.consignee",
            [("recall_id", "=", self.id)],
            names,
            "tier, partner_id, id",
        )

    def _lots_sheet(self):
        names = [
            "lot_id",
            "product_id",
            "unit_id",
            "level",
            "scope",
            "came_in",
            "moved_over",
            "on_hand",
            "delivered",
            "consumed",
            "removed",
            "passed_on",
            "gap",
            "gap_reason",
            "is_cleared",
            "cleared_reason",
        ]
        domain = [("recall_id", "=", self.id)]
        title = self.env._("Batches")
        return self._sheet(title, "stock.recall.lot", domain, names)

    def _answers_sheet(self):
        names = [
            "date",
            "contact_name",
            "kind",
            "consignee_id",
            "lot_id",
            "unit_id",
            "on_hand",
            "used",
            "used_before",
            "passed_on",
            "returned",
            "destroyed",
            "method",
            "day",
            "corrected",
            "not_located",
            "is_declined",
            "note",
        ]
        domain = [("answer_id.recall_id", "=", self.id)]
        return self._sheet(
            self.env._("Answers"), "stock.recall.answer.line", domain, names
        )

    def _checks_sheet(self):
        names = [
            "place",
            "partner_id",
            "stratum",
            "state",
            *FOUND,
            "put_right",
            "waived_reason",
            "waived_by_id",
        ]
        domain = [("recall_id", "=", self.id)]
        title = self.env._("Effectiveness checks")
        return self._sheet(title, "stock.recall.check", domain, names)

    def _decisions_sheet(self):
        names = [
            "date",
            "lot_id",
            "decision",
            "quantity",
            "unit_id",
            "location_id",
            "witness",
            "reason",
            "value",
            "user_id",
        ]
        domain = [("recall_id", "=", self.id)]
        title = self.env._("Decisions")
        return self._sheet(title, "stock.recall.decision", domain, names)

    def _untraced_sheet(self):
        names = ["place", "product_id", "unit_id", "moved", "without", "percent"]
        domain = [("recall_id", "=", self.id)]
        title = self.env._("Traced badly")
        return self._sheet(title, "stock.recall.untraced", domain, names)

    def _events_sheet(self):
        names = ["date", "user_name", "what", "lot_id"]
        names += ["old_value", "new_value", "reason"]
        domain = [
            ("res_model", "=", self._name),
            ("res_id", "=", self.id),
            ("kind", "=", "recall"),
        ]
        title = self.env._("History")
        return self._sheet(title, "stock.lot.event", domain, names, "date, id")


def _is_stored(field):
    """Tell whether the database knows a field, or what it is related to."""
    if field.store:
        return bool(field.column_type)
    return bool(
        field.related and field.compute_sudo and _is_stored(field.related_field)
    )


def _percent(share):
    return None if share is None else round(100 * share, 2)
