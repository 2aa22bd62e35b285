"""A trace as a graph: lots, groups of lots, suppliers on the left, customers on the
right, and a node for everything without a lot where the trace ends."""

from collections import Counter, defaultdict

from odoo import fields

from ...tools.trace.graph_groups import LOTS_WITHOUT_GROUPS, Group, Lot, group_lots
from ..genealogy.stock_lot_genealogy import ATTRIBUTIONS, BACK, FORWARD

#: A screen may ask for up to this many lots without groups at once.
MOST_DRAWN = 600
#: Up to this many suppliers, or customers, are drawn one by one.
PARTNERS_ALONE = 12
#: Of the lots asked for, this many are drawn alone in any case.
STARTS_ALONE = 12


class GraphBuilder:
    """Turns a ``Trace`` into the nodes and edges of a graph."""

    def __init__(self, env, trace, options):
        """
        :param env: of the user who looks at it
        :param Trace trace: see ``stock.lot._trace``
        :param dict options: see ``stock.lot.get_genealogy``
        """
        self.env = env
        self.trace = trace
        self.on_hand = env["stock.lot.trace"]._sum_by_lot(trace.places)
        self.levels = self._levels()
        self.equipment = {
            edge.child_id: edge.equipment
            for edges in trace.edges.values()
            for edge in edges
            if edge.equipment
        }
        self.node_of = self._group_lots(options)

    def _group_lots(self, options):
        """Return ``{lot id: its node}``: a group where there are too many to draw."""
        trace = self.trace
        ungrouped = options.get("ungrouped") and len(self.levels) <= MOST_DRAWN
        facts = trace.facts
        return group_lots(
            [
                Lot(id_, level, facts[id_]["product_id"], facts[id_]["name"])
                for id_, level in self.levels.items()
            ],
            opened=options.get("opened"),
            shown={*trace.lot_ids[:STARTS_ALONE], *(options.get("shown") or ())},
            at_most=MOST_DRAWN if ungrouped else LOTS_WITHOUT_GROUPS,
        )

    def _levels(self):
        """Return ``{lot id: level}``, ancestors below zero; the nearer way counts."""
        back = self.trace.reached.get(BACK, {})
        forward = self.trace.reached.get(FORWARD, {})
        levels = {lot_id: -found.depth for lot_id, found in back.items()}
        for lot_id, found in forward.items():
            if found.depth <= abs(levels.get(lot_id, found.depth)):
                levels[lot_id] = found.depth
        return levels

    def as_dict(self):
        partners, partner_edges = self._partners()
        gaps, gap_edges = self._gaps()
        return {
            "lots": [self._lot(lot_id) for lot_id in self.trace.lot_ids],
            "nodes": [*self._lots(), *self._groups(), *partners, *gaps],
            "edges": [*self._edges(), *partner_edges, *gap_edges],
            "counts": {
                way: len(reached) - len(self.trace.lot_ids)
                for way, reached in self.trace.reached.items()
            },
            "made_before": len(self.trace.early_lots),
            "can_be_ungrouped": LOTS_WITHOUT_GROUPS < len(self.levels) <= MOST_DRAWN,
        }

    # -- nodes

    def _lots(self):
        return [
            self._lot(lot_id) for lot_id, node in self.node_of.items() if node == lot_id
        ]

    def _lot(self, lot_id):
        facts = self.trace.facts[lot_id]
        level = self.levels[lot_id]
        way = BACK if level < 0 else FORWARD
        found = self.trace.reached.get(way, {}).get(lot_id)
        unit = self.trace.quantity_unit(lot_id, way)
        return {
            "key": f"lot-{lot_id}",
            "type": "lot",
            "level": level,
            "id": lot_id,
            "name": facts["name"],
            "product": facts["product"],
            "product_id": facts["product_id"],
            "unit": facts["unit"],
            "quantity": facts["total"],
            "on_hand": self.on_hand[lot_id],
            "expiry": fields.Datetime.to_string(facts["expiration_date"]) or False,
            "made": fields.Date.to_string(facts["production_date"]) or False,
            "equipment": self.equipment.get(lot_id, ""),
            "supplier": facts["supplier"] or "",
            "supplier_lot": facts["supplier_lot"] or "",
            **self.env["stock.lot.trace"]._node_details(facts),
            "is_start": lot_id in self.trace.lot_ids,
            "is_too_early": lot_id in self.trace.early_lots,
            "path": self._path(found, unit) if level and found and unit else False,
        }

    def _path(self, found, unit):
        return {
            "certain": found.certain,
            "proportional": found.proportional,
            "worst": found.worst,
            "unit": unit,
        }

    def _groups(self):
        members = defaultdict(list)
        for lot_id, node in self.node_of.items():
            if isinstance(node, Group):
                members[node].append(self.trace.facts[lot_id])
        return [self._group(group, lots) for group, lots in members.items()]

    def _group(self, group, lots):
        units = {facts["unit"] for facts in lots}
        products = {facts["product"] for facts in lots}
        return {
            "key": f"group-{group.key}",
            "type": "group",
            "group": group.key,
            "level": group.level,
            "count": len(lots),
            "product": products.pop() if len(products) == 1 else "",
            "products": len(products) or 1,
            "unit": units.pop() if len(units) == 1 else "",
            "on_hand": sum(self.on_hand[facts["id"]] for facts in lots),
            "states": self._states(lots),
        }

    @staticmethod
    def _states(lots):
        """Return how many of a group are under each disposition, the most first."""
        states = Counter(
            (facts["color"], facts["disposition"] or "", facts["state"] or "")
            for facts in lots
        )
        return [
            {"color": color, "name": name, "state": state, "count": count}
            for (color, name, state), count in states.most_common()
        ]

    def _node_key(self, lot_id):
        node = self.node_of[lot_id]
        return f"group-{node.key}" if isinstance(node, Group) else f"lot-{node}"

    # -- edges

    def _edges(self):
        """Return the edges between nodes; those of the lots of a group are added up."""
        seen = {
            (edge.parent_id, edge.child_id): edge
            for edges in self.trace.edges.values()
            for edge in edges
        }
        drawn = defaultdict(list)
        for edge in seen.values():
            ends = self._node_key(edge.parent_id), self._node_key(edge.child_id)
            if ends[0] != ends[1]:
                drawn[ends].append(edge)
        return [self._edge(ends, edges) for ends, edges in drawn.items()]

    def _edge(self, ends, edges):
        facts = self.trace.facts
        units = {facts[edge.parent_id]["unit"] for edge in edges}
        return {
            "source": ends[0],
            "target": ends[1],
            "quantity": sum(edge.parent_quantity for edge in edges),
            "unit": units.pop() if len(units) == 1 else "",
            "attribution": max((e.attribution for e in edges), key=ATTRIBUTIONS.index),
            "is_too_early": all(
                (e.parent_id, e.child_id) in self.trace.early_edges for e in edges
            ),
            "kinds": sorted({kind for edge in edges for kind in edge.kinds}),
            "equipment": ", ".join(sorted({e.equipment for e in edges} - {""})),
            "count": len(edges),
            "parent_id": edges[0].parent_id if len(edges) == 1 else False,
            "child_id": edges[0].child_id if len(edges) == 1 else False,
        }

    # -- suppliers on the left, customers on the right

    def _partners(self):
        nodes, edges = [], []
        for role, kind in (("supplied", "supplier"), ("delivered", "customer")):
            dealings = self.trace.with_role(role)
            alone = len({d.partner_id for d in dealings}) <= PARTNERS_ALONE
            found = defaultdict(list)
            for dealing in dealings:
                found[(dealing.partner_id or 0) if alone else "all"].append(dealing)
            for partner_id, of_partner in found.items():
                nodes.append(self._partner(kind, partner_id, of_partner))
                edges += self._partner_edges(kind, partner_id, of_partner)
        return nodes, edges

    def _partner(self, kind, partner_id, dealings):
        partners = {dealing.partner_id for dealing in dealings}
        return {
            "key": f"{kind}-{partner_id}",
            "type": kind,
            "id": partner_id if len(partners) == 1 else False,
            "name": dealings[0].partner or "" if len(partners) == 1 else "",
            "count": len(partners),
        }

    def _partner_edges(self, kind, partner_id, dealings):
        sums = defaultdict(float)
        units = defaultdict(set)
        for dealing in dealings:
            node = self._node_key(dealing.lot_id)
            sums[node] += dealing.quantity - dealing.returned
            units[node].add(self.trace.facts[dealing.lot_id]["unit"])
        partner = f"{kind}-{partner_id}"
        return [
            {
                **self._plain_edge(kind == "customer", node, partner, kind),
                "quantity": quantity,
                "unit": next(iter(units[node])) if len(units[node]) == 1 else "",
            }
            for node, quantity in sums.items()
        ]

    def _plain_edge(self, leaves, node, other, kind="gap"):
        """Return an edge that is no link: it leaves the node, or comes to it."""
        return {
            "source": node if leaves else other,
            "target": other if leaves else node,
            "quantity": 0,
            "unit": "",
            "attribution": "exact",
            "is_too_early": False,
            "kinds": [kind],
            "equipment": "",
            "count": 1,
            "parent_id": False,
            "child_id": False,
        }

    # -- where the trace ends although the goods went on

    def _gaps(self):
        """Return a node for everything without a lot, at the nodes it concerns."""
        found = defaultdict(list)
        for role in ("gap_back", "gap_forward"):
            for gap in self.trace.with_role(role):
                found[role, self._node_key(gap.lot_id), gap.product_id].append(gap)
        nodes = [
            {
                "key": f"{role}-{product_id}-{node}",
                "type": "gap",
                "product": gaps[0].origin,
                "count": len(gaps),
            }
            for (role, node, product_id), gaps in found.items()
        ]
        edges = [
            self._plain_edge(role == "gap_forward", node, f"{role}-{product_id}-{node}")
            for role, node, product_id in found
        ]
        return nodes, edges
