from odoo import api, models
from odoo.exceptions import UserError

from ...tools.ids import is_id
from ..base.arguments import TEXT, check_argument
from .lot_graph import GraphBuilder

#: How many lots to choose from a typed number finds.
LOTS_FOUND = 12
#: What JSON and XML-RPC make of a list.
LISTS = (list, tuple)


class StockLot(models.Model):
    """What the screen *Genealogy* asks for: a graph that fits, however much there is.

    The server groups what is too much, so that a lot with tens of thousands of
    descendants opens as fast as any other.
    """

    _inherit = "stock.lot"

    def action_genealogy(self):
        """Open the genealogy of these lots."""
        return self._open_genealogy("graph")

    def action_who_has_it(self):
        """Open who has these lots and what was made of them."""
        return self._open_genealogy("who")

    def _open_genealogy(self, view):
        self.check_access("read")
        if not self:
            raise UserError(
                self.env._("There are no batches here yet whose genealogy to show.")
            )
        return {
            "type": "ir.actions.client",
            "tag": "batch_tracking.genealogy",
            "name": self.name if len(self) == 1 else self.env._("Genealogy"),
            "params": {"lot_ids": self.ids, "view": view},
        }

    @api.model
    @api.readonly
    def find_by_number(self, number):
        """Return lots to choose from when a number is typed or scanned.

        :param str number: of the batch, or the one the supplier gave it, or a GS1
            barcode; whole numbers come first, then those that contain it
        :return: ``[{id, name, product}]``, at most a dozen
        """
        check_argument(self.env, "number", number or "", TEXT)
        number = (number or "").strip()
        if not number:
            return []
        found = self.browse()
        for operator in ("=", "ilike"):
            domain = self._scan_domain(operator, number)
            found |= self.search(domain, limit=LOTS_FOUND)
        return [
            {"id": lot.id, "name": lot.name, "product": lot.product_id.display_name}
            for lot in found[:LOTS_FOUND]
        ]

    @api.readonly
    def get_genealogy(self, options=None):
        """Return the graph of what these lots were made from and what they became.

        :param dict options: ``direction`` (``back``, ``forward`` or ``both``),
            ``opened`` ({group key: how many of its lots to draw}), ``shown`` (ids of
            lots to draw in any case), ``ungrouped`` (True: no groups, if it can be),
            ``as_of`` (UTC)
        :return: dict with ``lots`` (the ones asked for), ``nodes`` (lots, groups and
            partners), ``edges`` between them, ``counts`` ({direction: lots found}),
            ``made_before`` (how many of these can have nothing, by their dates) and
            ``can_be_ungrouped`` (whether there are groups, and not too many lots to
            draw all of them)
        """
        if not self:
            raise UserError(self.env._("Choose the batch whose genealogy to show."))
        options = self._graph_options(options)
        trace = self._trace(
            options.get("direction", "both"),
            self._parse_as_of(options.get("as_of")),
            downstream=("consigned", "gap_forward"),
        )
        return GraphBuilder(self.env, trace, options).as_dict()

    def _graph_options(self, options):
        """Return what a screen wishes, without what cannot be meant.

        :raises UserError: for what is no wish at all
        """
        if not isinstance(options or {}, dict):
            raise UserError(
                self.env._(
                    "What to show of a genealogy is said by names and values, such as "
                    "“direction”: “back”."
                )
            )
        options = dict(options or {})
        options["opened"] = _counts_of(options.get("opened"))
        options["shown"] = _ids_of(options.get("shown"))
        return options


def _counts_of(opened):
    """Return ``{group key: how many lots to draw}`` of what was asked for."""
    pairs = opened.items() if isinstance(opened, dict) else ()
    return {key: count for key, count in pairs if type(count) is int and count > 0}


def _ids_of(shown):
    """Return the ids among what was asked for."""
    return [id_ for id_ in shown if is_id(id_)] if isinstance(shown, LISTS) else []
