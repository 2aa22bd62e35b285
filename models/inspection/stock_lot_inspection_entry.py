from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.ids import is_id
from ..base.arguments import MAPPINGS, check_argument
from .stock_lot_inspection import OPEN


class StockLotInspection(models.Model):
    """The grid of an inspection, and how results get into it."""

    _inherit = "stock.lot.inspection"

    grid = fields.Json(compute="_compute_grid")

    @api.depends("state", "result_ids.verdict", "result_ids.number", "result_ids.text")
    @api.depends_context("lang")
    def _compute_grid(self):
        for inspection in self:
            inspection.grid = inspection.id and inspection._grid()

    @api.readonly
    def get_grids(self):
        """Return the grids of these inspections, for many lots at a time.

        :return: see ``_grid``, one for each inspection
        """
        self.check_access("read")
        return [inspection._grid() for inspection in self.exists()]

    @api.model
    def enter_results(self, entries):
        """Write down what was found, and evaluate it.

        Over RPC: ``execute_kw(db, uid, key, "stock.lot.inspection", "enter_results",
        [[{"inspection_id": 7, "characteristic_id": 3, "sample": 1, "value": 12.8}]])``

        :param list entries: dicts of ``inspection_id``, ``characteristic_id``,
            ``sample`` (from 1; left out: 1) and ``value``: a number, one of the
            options, ``pass`` or ``fail``, a text, or a picture in base64; None takes
            a value away. ``equipment`` may stand beside a value, or alone.
        :return: the grids of the inspections, as they are now
        :raises UserError: on a value that is not of the kind asked for, a cell that
            does not exist, or an inspection that is closed
        """
        check_argument(self.env, "entries", entries, MAPPINGS)
        ids = dict.fromkeys(self._entry_key(entry)[0] for entry in entries)
        inspections = self.browse(ids)
        inspections._check_may_enter()
        inspections._begin()
        inspections._fill_in(entries)
        return [inspection._grid() for inspection in inspections]

    def _entry_key(self, entry):
        """Return which cell an entry is for: inspection, characteristic, sample."""
        names = ("inspection_id", "characteristic_id", "sample")
        key = [dict(entry, sample=entry.get("sample") or 1).get(name) for name in names]
        if not all(map(is_id, key)):
            raise UserError(
                self.env._(
                    "A result needs the inspection, the characteristic and the sample "
                    "that it is for."
                )
            )
        return tuple(key)

    def _begin(self):
        """Write down what is asked, as the plan has it now: later changes of the plan
        are for later inspections.
        """
        fresh = self.filtered(lambda inspection: not inspection.result_ids)
        # sudo: results are written by nothing but this model
        self.env["stock.lot.inspection.result"].sudo().create(
            [
                {"inspection_id": inspection.id, **vals}
                for inspection in fresh
                for vals in inspection._planned()._result_vals()
            ]
        )

    def _fill_in(self, entries):
        cells = self._results_by_cell()
        changed = self.env["stock.lot.inspection.result"].sudo()
        for entry in entries:
            result = cells.get(self._entry_key(entry))
            if not result:
                raise UserError(
                    self.env._(
                        "The plan of this inspection does not ask for this result. "
                        "Reload the page."
                    )
                )
            changed |= result
            self._fill_in_cell(result, entry)
        siblings = changed.inspection_id.result_ids.filtered(
            lambda result: result.characteristic_id in changed.characteristic_id
        )
        siblings._evaluate()

    def _results_by_cell(self):
        """Return ``{(inspection id, characteristic id, sample): result to write}``."""
        return {
            (result.inspection_id.id, result.characteristic_id.id, result.sample): (
                # sudo: who may is checked; the caller says what, never who and when
                result.sudo()
            )
            for result in self.result_ids
        }

    def _fill_in_cell(self, result, entry):
        if "equipment" in entry:
            result.equipment = str(entry["equipment"] or "").strip()[:200] or False
        if "value" not in entry:
            return
        before = result.value
        if result._enter(entry["value"]) and result.inspection_id.is_reopened:
            # A correction is never silent.
            result.inspection_id.with_env(self.env)._note_events(
                self.env._("Result corrected: %s", result._cell_name()),
                old=before or "",
                new=result.value or "",
                reason=result.inspection_id.decision,
            )

    # -- what a screen shows

    def _grid(self):
        """Return the grid of one inspection as plain values.

        :return: dict of ``id``, ``name``, ``lot``, ``product``, ``state``, ``is_open``,
            ``asked``, ``entered``, ``failed`` and ``rows``: one for each
            characteristic, with its ``cells``, one for each sample
        """
        self.ensure_one()
        rows = [
            self._grid_row(characteristic, results)
            for characteristic, results in self._asked().items()
        ]
        cells = [cell for row in rows for cell in row["cells"]]
        return {
            "id": self.id,
            "name": self.name,
            "lot": self.lot_name,
            "product": self.product_id.sudo().display_name,
            "state": self.state,
            "state_label": self._state_label(),
            "is_open": self.state == OPEN,
            "asked": len(cells),
            "entered": sum(cell["verdict"] != "open" for cell in cells),
            "failed": sum(row["verdict"] == "fail" for row in rows),
            "rows": rows,
        }

    def _asked(self):
        """Return ``{characteristic: its results}``; none before the first is typed."""
        results = self.result_ids
        if results:
            return results.grouped("characteristic_id")
        if self.state != OPEN:
            return {}
        return dict.fromkeys(self._planned(), results)

    def _planned(self):
        """Return the characteristics of the plan as it is now."""
        # sudo: a plan that was given to another company still says what to look at
        return self.sudo().plan_id.characteristic_ids

    def _grid_row(self, characteristic, results):
        asked = results[:1] or characteristic
        return {
            "characteristic_id": characteristic.id,
            "name": asked.name,
            "kind": asked.kind,
            "unit": asked.unit or "",
            "method": asked.method or "",
            "requirement": asked.requirement or "",
            "options": [*asked._options("passing"), *asked._options("failing")],
            "is_required": asked.is_required,
            "judged_by": asked.judged_by,
            **self._mean_of_row(results),
            "equipment": next(filter(None, results.mapped("equipment")), ""),
            "verdict": self._row_verdict(results),
            "cells": [result._cell() for result in results]
            or self._blank_cells(characteristic.sample_size),
        }

    @staticmethod
    def _row_verdict(results):
        """Return the verdict that counts for several samples; open where none is."""
        found = results.mapped("verdict")
        by_weight = ("fail", "open", "pass", "noted")
        return next((verdict for verdict in by_weight if verdict in found), "open")

    def _mean_of_row(self, results):
        """Return the mean of several samples as text, and what is wrong with it."""
        if len(results) <= 1:
            return {"mean": "", "mean_fault": ""}
        average, first = results._mean(), results[:1]
        is_judged = average is not None and first.judged_by == "mean"
        return {
            "mean": results._mean_as_text(),
            "mean_fault": is_judged and first._number_fault(average) or "",
        }

    def _blank_cells(self, sample_size):
        blank = dict.fromkeys(("fault", "who", "when"), "")
        blank |= {"value": False, "photo_id": False, "verdict": "open"}
        return [{**blank, "sample": sample} for sample in range(1, sample_size + 1)]

    def action_open_grid(self):
        """Open one grid of all these inspections; of one, its form."""
        self.check_access("read")
        if len(self) == 1:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "batch_tracking.stock_lot_inspection_action"
            )
            return {**action, "views": [(False, "form")], "res_id": self.id}
        return {
            "type": "ir.actions.client",
            "tag": "batch_tracking.inspection_lots",
            "name": self.env._("Enter results"),
            "params": {"inspection_ids": self.sorted("id").ids},
        }
