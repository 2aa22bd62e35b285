from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import MissingError, UserError

from ...tools.genealogy.steps import agree, in_time, seconds
from ..base.ids import check_ids
from ..genealogy.stock_lot_genealogy import BACK, FORWARD

BOTH = "both"
DEALINGS = ("delivered", "reserved", "waiting", "gap_forward")
DIRECTIONS = {BACK: (BACK,), FORWARD: (FORWARD,), BOTH: (BACK, FORWARD)}


class Trace(NamedTuple):
    """Everything one trace has found; ids throughout, see ``StockLot._trace``."""

    lot_ids: list
    #: {lot id: facts}, see ``stock.lot.trace._facts``
    facts: dict
    #: {direction: [Edge]}
    edges: dict
    #: {direction: {lot id: Reached}}
    reached: dict
    #: ids of lots, and (parent id, child id) of edges, that are on record and can have
    #: nothing of what is traced: they were made before it came, or before it was used
    early_lots: set
    early_edges: set
    #: [Dealing]
    dealings: list
    #: [(lot id, location id, quantity, kind, location name)]
    places: list

    def downstream(self):
        """Return the ids of what the lots became, themselves included."""
        return [id_ for id_ in self.reached.get(FORWARD, {}) if id_ in self.facts]

    def with_role(self, role):
        return [dealing for dealing in self.dealings if dealing.role == role]

    def quantity_unit(self, lot_id, direction):
        """Return the unit of a lot's path quantities, or None if they have none.

        Forward they count the goods of the lots the trace began with; these may be
        kilos and pieces, which do not add up.
        """
        if direction == BACK:
            return self.facts[lot_id]["unit"]
        units = {self.facts[start]["unit"] for start in self.lot_ids}
        return units.pop() if len(units) == 1 else None


class StockLot(models.Model):
    """The questions that people and other systems may ask about lots."""

    _inherit = "stock.lot"

    @api.readonly
    def trace(self, direction=BOTH, as_of=None):
        """Return where these lots came from, what they became and who has it.

        Over RPC: ``execute_kw(db, uid, key, "stock.lot", "trace", [[lot_id]],
        {"direction": "forward"})``. Only companies the user works in are looked at.

        :param str direction: ``back`` (ancestors), ``forward`` (descendants), ``both``
        :param str as_of: ``YYYY-MM-DD HH:MM:SS`` in UTC; what happened later is left
            out. Reservations are only known as of now.
        :return: dict of plain values, quantities in the unit beside them, times in UTC:

            * ``nodes``: one per lot: ``id``, ``name``, ``product``, ``product_id``,
              ``unit``, ``depth`` (0: asked for, negative: ancestor, positive:
              descendant), ``total`` (how much there has been), ``on_hand``,
              ``supplier``, dates, ``disposition`` and whatever else
              ``stock.lot.trace._facts`` tells of a lot; and how much of the upper lot
              is in the lower: ``certain`` (exact links alone), ``proportional``,
              ``worst_case``, in ``path_unit`` (None, and no figures, where the lots
              asked for have different units). ``too_early`` tells that its records
              lead there and their dates contradict it: it was made before
            * ``edges``: ``parent_id``, ``child_id``, ``parent_quantity``,
              ``child_quantity``, ``attribution``, ``too_early``, ``kinds``,
              ``equipment``, ``date``
            * ``gaps``: where a trace ends although the goods went on: ``role``
              (``gap_back`` or ``gap_forward``), ``lot_id``, ``product_id`` of what has
              no lot, ``document``, ``quantity``, ``date``
            * ``suppliers``: ``lot_id``, ``partner_id``, ``partner``, ``document``,
              ``quantity``, ``returned``, ``date``
            * ``recall``: what a recall of these lots meant: ``shipped`` (by lot,
              partner and document, with ``quantity``, ``returned`` and ``net``),
              ``still_to_stop`` (``reserved`` for a lot, or ``waiting`` for any of the
              product) and ``on_hand`` (by lot and place)
        :raises UserError: on a direction or time that is none
        :raises AccessError: for lots the user may not read
        """
        return self._trace_as_json(self._trace(direction, self._parse_as_of(as_of)))

    def _parse_as_of(self, as_of):
        try:
            return fields.Datetime.to_datetime(as_of) or None
        except (AttributeError, OverflowError, TypeError, ValueError) as error:
            raise UserError(
                self.env._(
                    "“%s” is no point in time. Write it as 2026-05-20 17:00:00 (UTC).",
                    as_of,
                )
            ) from error

    def _trace(self, direction=BOTH, as_of=None, downstream=DEALINGS):
        """Return a ``Trace`` of these lots: five statements, however much it finds.

        :param downstream: roles of the dealings to find of what the lots became
        """
        self._check_direction(direction)
        check_ids(self)
        self.browse().check_access("read")
        self.env["stock.lot.link"].check_access("read")
        genealogy = self.env["stock.lot.genealogy"]
        edges = {
            way: genealogy._edges(self, way, as_of) for way in DIRECTIONS[direction]
        }
        ids = set(self.ids)
        for found in edges.values():
            ids.update(edge.parent_id for edge in found)
            ids.update(edge.child_id for edge in found)
        traces = self.env["stock.lot.trace"]
        facts = traces._facts(list(ids), as_of)
        if not facts.keys() >= set(self.ids):
            self._complain_about_hidden()
        all_edges = [edge for found in edges.values() for edge in found]
        totals = traces._settle_totals(facts, all_edges, as_of)
        return self._with_dealings(edges, facts, totals, as_of, downstream)

    def _check_direction(self, direction):
        if not isinstance(direction, str) or direction not in DIRECTIONS:
            raise UserError(
                self.env._(
                    "“%s” is no direction of a trace: say back, forward or both.",
                    direction,
                )
            )

    def _complain_about_hidden(self):
        """Say of lots that cannot be read whether they are others' or gone."""
        self.exists().check_access("read")
        if self.exists() != self:
            raise MissingError(
                self.env._(
                    "A batch of this trace has been deleted. Search for it again."
                )
            )

    def _with_dealings(self, edges, facts, totals, as_of, downstream):
        visible = {
            way: [e for e in found if e.parent_id in facts and e.child_id in facts]
            for way, found in edges.items()
        }
        starts = [lot_id for lot_id in self.ids if lot_id in facts]
        reached, early_lots, early_edges = self._walked(starts, visible, facts, totals)
        roles = {}
        if FORWARD in reached:
            roles = dict.fromkeys(downstream, list(reached[FORWARD]))
        if BACK in reached:
            roles |= dict.fromkeys(("supplied", "gap_back"), list(reached[BACK]))
        traces = self.env["stock.lot.trace"]
        return Trace(
            lot_ids=starts,
            facts=facts,
            edges=visible,
            reached=reached,
            early_lots=early_lots,
            early_edges=early_edges,
            dealings=traces._dealings(roles, as_of),
            places=traces._places(list(facts), as_of),
        )

    def _walked(self, starts, edges, facts, totals):
        """Return what is reached, and which lots and edges of that were too early."""
        genealogy = self.env["stock.lot.genealogy"]
        came = {
            lot_id: seconds(row["came_date"])
            for lot_id, row in facts.items()
            if row["came_date"]
        }
        reached, lots_in_time, edges_in_time = {}, set(), set()
        for way, found in edges.items():
            steps = genealogy._steps(way, found, totals, came)
            less = genealogy._counted_twice(way, found, totals, came)
            reached[way] = genealogy._path_quantities(starts, way, steps, totals, less)
            if agree(steps):
                lots_in_time |= reached[way].keys()
                edges_in_time |= {(edge.parent_id, edge.child_id) for edge in found}
                continue
            allowed = in_time(starts, steps)
            lots_in_time |= allowed.lots
            edges_in_time |= {
                pair if way == FORWARD else pair[::-1] for pair in allowed.steps
            }
        pairs = {(e.parent_id, e.child_id) for es in edges.values() for e in es}
        loops = {(lot_id, lot_id) for lot_id in facts}
        all_lots = {lot_id for found in reached.values() for lot_id in found}
        return reached, all_lots - lots_in_time, pairs - edges_in_time - loops

    # -- as other systems want it

    def _trace_as_json(self, trace):
        edges = {
            (e.parent_id, e.child_id): e for es in trace.edges.values() for e in es
        }
        return {
            "nodes": self._nodes_as_json(trace),
            "edges": [self._edge_as_json(edge, trace) for edge in edges.values()],
            "suppliers": [
                self._dealing_as_json(row) for row in trace.with_role("supplied")
            ],
            "gaps": [
                self._dealing_as_json(row)
                for role in ("gap_back", "gap_forward")
                for row in trace.with_role(role)
            ],
            "recall": self._recall_as_json(trace),
        }

    def _nodes_as_json(self, trace):
        """Return each lot once: what is reached both ways, by the shorter."""
        on_hand = self.env["stock.lot.trace"]._sum_by_lot(trace.places)
        nodes = {}
        for way, reached in trace.reached.items():
            for lot_id, found in reached.items():
                known = nodes.get(lot_id)
                if not known or abs(known["depth"]) > found.depth:
                    nodes[lot_id] = self._node_as_json(trace, lot_id, way, found)
        return [{**node, "on_hand": on_hand[lot_id]} for lot_id, node in nodes.items()]

    def _node_as_json(self, trace, lot_id, direction, found):
        facts = trace.facts[lot_id]
        unit = trace.quantity_unit(lot_id, direction)
        return {
            **facts,
            "production_date": fields.Date.to_string(facts["production_date"]),
            "expiration_date": fields.Datetime.to_string(facts["expiration_date"]),
            "create_date": fields.Datetime.to_string(facts["create_date"]),
            "came_date": fields.Datetime.to_string(facts["came_date"]),
            "depth": -found.depth if direction == BACK else found.depth,
            "path_unit": unit,
            "certain": found.certain if unit else None,
            "proportional": found.proportional if unit else None,
            "worst_case": found.worst if unit else None,
            "too_early": lot_id in trace.early_lots,
        }

    def _edge_as_json(self, edge, trace):
        return {
            "parent_id": edge.parent_id,
            "child_id": edge.child_id,
            "parent_quantity": edge.parent_quantity,
            "child_quantity": edge.child_quantity,
            "attribution": edge.attribution,
            "too_early": (edge.parent_id, edge.child_id) in trace.early_edges,
            "kinds": edge.kinds,
            "equipment": edge.equipment,
            "date": fields.Datetime.to_string(edge.date),
        }

    def _dealing_as_json(self, dealing):
        return {**dealing._asdict(), "date": fields.Datetime.to_string(dealing.date)}

    def _recall_as_json(self, trace):
        downstream = set(trace.downstream())
        return {
            "shipped": [
                {**self._dealing_as_json(row), "net": row.quantity - row.returned}
                for row in trace.with_role("delivered")
            ],
            "still_to_stop": [
                self._dealing_as_json(row)
                for role in ("reserved", "waiting")
                for row in trace.with_role(role)
            ],
            "on_hand": [
                {
                    "lot_id": lot_id,
                    "location_id": location_id,
                    "location": name,
                    "kind": kind,
                    "quantity": quantity,
                }
                for lot_id, location_id, quantity, kind, name in trace.places
                if lot_id in downstream
            ],
        }
