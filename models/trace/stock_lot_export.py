from odoo import fields, models

from ...tools.workbook import Sheet, workbook
from ..genealogy.stock_lot_genealogy import BACK, FORWARD


class StockLot(models.Model):
    """A trace in a spreadsheet, in the user's language and time zone."""

    _inherit = "stock.lot"

    def _trace_workbook(self):
        """Return the trace of these lots as the bytes of an XLSX file."""
        return workbook(self._trace_sheets(self._trace()))

    def _trace_sheets(self, trace):
        """Return a ``Sheet`` for each question a trace answers."""
        return [
            self._ancestors_sheet(trace),
            self._descendants_sheet(trace),
            self._edges_sheet(trace),
            self._dealings_sheet(
                trace, "supplied", self.env._("Suppliers"), self.env._("Supplier")
            ),
            self._dealings_sheet(
                trace, "delivered", self.env._("Customers"), self.env._("Customer")
            ),
            self._dealings_sheet(
                trace, "reserved", self.env._("Reserved"), self.env._("For")
            ),
            self._waiting_sheet(trace),
            self._places_sheet(trace),
            self._gaps_sheet(trace),
        ]

    def _local(self, moment):
        """Return a UTC time in the user's time zone, without the zone, for a cell."""
        if not moment:
            return None
        return fields.Datetime.context_timestamp(self, moment).replace(tzinfo=None)

    # -- sheets

    def _ancestors_sheet(self, trace):
        return self._lots_sheet(trace, BACK, self.env._("Made from"))

    def _descendants_sheet(self, trace):
        return self._lots_sheet(trace, FORWARD, self.env._("Went into"))

    def _lots_sheet(self, trace, direction, name):
        on_hand = self.env["stock.lot.trace"]._sum_by_lot(trace.places)
        rows = []
        for lot_id, found in trace.reached.get(direction, {}).items():
            facts = trace.facts[lot_id]
            unit = trace.quantity_unit(lot_id, direction)
            shares = [None, None, None]
            if unit:
                shares = [found.certain, found.proportional, found.worst]
            rows.append(
                [
                    found.depth,
                    facts["name"],
                    facts["product"],
                    facts["product_code"],
                    facts["total"],
                    on_hand[lot_id],
                    facts["unit"],
                    *shares,
                    unit,
                    *self._lot_cells(facts),
                ]
            )
        rows.sort(key=lambda row: (row[0], row[2] or "", row[1]))
        return Sheet(name, self._lot_columns(), rows)

    def _lot_columns(self):
        return [
            self.env._("Level"),
            self.env._("Batch"),
            self.env._("Product"),
            self.env._("Product code"),
            self.env._("Made or received"),
            self.env._("On hand"),
            self.env._("Unit"),
            self.env._("Share, certain"),
            self.env._("Share, proportional"),
            self.env._("Share, at worst"),
            self.env._("Unit of share"),
            *self._lot_cell_titles(),
        ]

    def _lot_cell_titles(self):
        """Return the titles of ``_lot_cells``; whoever adds a cell adds its title."""
        return [
            self.env._("Supplier"),
            self.env._("Supplier's batch"),
            self.env._("Produced"),
            self.env._("Expires"),
            self.env._("Status"),
        ]

    def _lot_cells(self, facts):
        """Return what a row of a sheet of lots says of a lot's ``facts``."""
        return [
            facts["supplier"],
            facts["supplier_lot"],
            facts["production_date"],
            self._local(facts["expiration_date"]),
            facts["disposition"],
        ]

    def _edges_sheet(self, trace):
        kinds = self._link_labels("kind")
        attributions = self._link_labels("attribution")
        early = self.env._("Made before")
        edges = {
            (e.parent_id, e.child_id): e for es in trace.edges.values() for e in es
        }
        rows = [
            [
                *self._used_and_made(trace, edge),
                attributions[edge.attribution],
                pair in trace.early_edges and early,
                ", ".join(kinds[kind] for kind in edge.kinds),
                edge.equipment,
                self._local(edge.date),
            ]
            for pair, edge in edges.items()
        ]
        return Sheet(self.env._("Links"), self._edge_titles(), rows)

    def _used_and_made(self, trace, edge):
        for lot_id, quantity in (
            (edge.parent_id, edge.parent_quantity),
            (edge.child_id, edge.child_quantity),
        ):
            facts = trace.facts[lot_id]
            yield from (facts["name"], facts["product"], quantity, facts["unit"])

    def _edge_titles(self):
        return [
            self.env._("Parent"),
            self.env._("Parent product"),
            self.env._("Used"),
            self.env._("Unit used"),
            self.env._("Child"),
            self.env._("Child product"),
            self.env._("Made"),
            self.env._("Unit made"),
            self.env._("Attribution"),
            self.env._("Dates"),
            self.env._("How"),
            self.env._("Equipment"),
            self.env._("When"),
        ]

    def _link_labels(self, name):
        """Return ``{value: label}`` of a selection field of links."""
        field = self.env["stock.lot.link"]._fields[name]
        return dict(field._description_selection(self.env))

    def _dealings_sheet(self, trace, role, name, whose):
        rows = [
            self._dealing_cells(row, trace.facts[row.lot_id])
            for row in trace.with_role(role)
        ]
        columns = [
            whose,
            self.env._("Batch"),
            self.env._("Product"),
            self.env._("Quantity"),
            self.env._("Came back"),
            self.env._("Net"),
            self.env._("Unit"),
            self.env._("Document"),
            self.env._("Source"),
            self.env._("When"),
        ]
        return Sheet(name, columns, rows)

    def _dealing_cells(self, row, facts):
        return [
            row.partner,
            facts["name"],
            facts["product"],
            row.quantity,
            row.returned,
            row.quantity - row.returned,
            facts["unit"],
            row.document,
            row.origin,
            self._local(row.date),
        ]

    def _waiting_sheet(self, trace):
        products = {facts["product_id"]: facts for facts in trace.facts.values()}
        rows = [
            [
                row.partner,
                products[row.product_id]["product"],
                row.quantity,
                products[row.product_id]["unit"],
                row.document,
                row.origin,
                self._local(row.date),
            ]
            for row in trace.with_role("waiting")
        ]
        columns = [
            self.env._("For"),
            self.env._("Product"),
            self.env._("Quantity"),
            self.env._("Unit"),
            self.env._("Document"),
            self.env._("Source"),
            self.env._("When"),
        ]
        return Sheet(self.env._("Orders that would take it"), columns, rows)

    def _places_sheet(self, trace):
        kinds = {
            "own": self.env._("Own stock"),
            "transit": self.env._("In transit"),
            "subcontractor": self.env._("At a subcontractor"),
            "inter_company": self.env._("On the way to another company"),
        }
        rows = [
            [
                name,
                kinds[kind],
                trace.facts[lot_id]["name"],
                trace.facts[lot_id]["product"],
                quantity,
                trace.facts[lot_id]["unit"],
                self._direction(trace, lot_id),
            ]
            for lot_id, _location, quantity, kind, name in trace.places
        ]
        columns = [
            self.env._("Place"),
            self.env._("Kind of place"),
            self.env._("Batch"),
            self.env._("Product"),
            self.env._("Quantity"),
            self.env._("Unit"),
            self.env._("Direction"),
        ]
        return Sheet(self.env._("On hand"), columns, rows)

    def _direction(self, trace, lot_id):
        """Return on which side of the traced lots a lot is.

        A recall counts what is traced and what it went into, but no ingredients. On
        both sides, a lot is what it went into.
        """
        found = trace.reached.get(FORWARD, {}).get(lot_id)
        if lot_id in trace.lot_ids:
            return self.env._("Traced batch")
        return self.env._("Went into") if found else self.env._("Made from")

    def _gaps_sheet(self, trace):
        rows = [
            [
                trace.facts[row.lot_id]["name"],
                trace.facts[row.lot_id]["product"],
                role == "gap_back" and row.origin,
                role != "gap_back" and row.origin,
                row.quantity,
                row.document,
                self._local(row.date),
            ]
            for role in ("gap_back", "gap_forward")
            for row in trace.with_role(role)
        ]
        columns = [
            self.env._("Batch"),
            self.env._("Product"),
            self.env._("Went in without a batch"),
            self.env._("Made without a batch"),
            self.env._("Quantity"),
            self.env._("Document"),
            self.env._("When"),
        ]
        return Sheet(self.env._("Trace gaps"), columns, rows)
