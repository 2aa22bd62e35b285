from collections import defaultdict

from odoo import fields, models
from odoo.tools import SQL

from ...tools.answer.balance import is_none
from ..recall.kinds import OPEN_STATES
from .exceptions import NoQuarantineError

OPEN_MOVES = ("draft", "waiting", "confirmed", "partially_available", "assigned")


class StockRecall(models.Model):
    """Drafts transfers that bring what is recalled and lies here to quarantine.

    One for each warehouse, with the sum of each product: which batch is taken from
    where, the transfer finds when it is begun. A sum costs a launch nothing; a line for
    each of thousands of batches would cost it minutes.
    """

    _inherit = "stock.recall"

    not_apart = fields.Json(
        readonly=True,
        help="Goods without a way to quarantine: id of the warehouse, 0 for none, and "
        "quantities by unit of measure.",
    )

    def _after_launch(self, lots):
        result = super()._after_launch(lots)
        if not self.is_drill:
            self._draft_quarantine()
        return result

    def _clear(self, lots, reason, with_made=False):
        result = super()._clear(lots, reason, with_made)
        if not self.is_drill:
            self._draft_quarantine()  # with what is left
        return result

    def action_draft_quarantine(self):
        """Draft transfers of what lies here and is on no way to quarantine yet."""
        self._check_step(*OPEN_STATES)
        if not self._draft_quarantine():
            raise NoQuarantineError(self, self._lacking_warehouses())
        return self.action_open_quarantine()

    def action_make_quarantine(self):
        """Make a quarantine where goods have none, and draft the transfers to it.

        :raises AccessError: for who may not make locations
        """
        self._check_step(*OPEN_STATES)
        recalled = self.env["stock.lot"]._disposition("recalled")
        # With the person's own rights: it is no part of recalling.
        self.env["stock.location"].create(
            [
                {
                    "name": self.env._("Quarantine"),
                    "usage": "internal",
                    "location_id": warehouse.view_location_id.id,
                    "company_id": warehouse.company_id.id,
                    "disposition_id": recalled.id,
                    "disposition_note": self.name,
                }
                for warehouse in self._lacking_warehouses()
            ]
        )
        return self.action_draft_quarantine()

    def _may_make_quarantine(self):
        return self.env["stock.location"].has_access("create")

    def _lacking_warehouses(self):
        """Return the warehouses that goods lie in without a way to quarantine."""
        ids = [int(key) for key in self.not_apart or () if int(key)]
        # sudo: those that the recall was traced in, named to who recalls
        return self.env["stock.warehouse"].sudo().browse(ids).exists()

    def _draft_quarantine(self):
        """Let drafts say what lies here and is on no way to quarantine yet.

        The same twice changes nothing.

        :return: stock.move of the drafts
        """
        self.ensure_one()
        # sudo: who recalls need not be allowed to carry goods; what is drafted is of
        # this recall's batches, in the companies that it was traced in
        recall = self.sudo().with_context(
            allowed_company_ids=self._traced_company_ids()
        )
        moves = recall._apart_moves()
        drafts = moves.filtered(lambda move: move.state == "draft")
        free = recall._not_awaited(moves - drafts)
        places = recall._places_apart(free)
        recall.not_apart = recall._without_place(free, places)
        kept = drafts.browse()
        for (company, warehouse), place in places.items():
            wanted = {
                product: quantity
                for (of_company, at, product), quantity in free.items()
                if (of_company, at) == (company, warehouse)
            }
            mine = drafts.filtered(
                lambda move, company=company, warehouse=warehouse: (
                    move._from_where() == (company, warehouse)
                )
            )
            kept |= recall._draft_for(mine, warehouse, place, wanted)
        recall._drop_drafts(drafts - kept)
        return kept.with_env(self.env)

    def _drop_drafts(self, moves):
        """Delete drafts of what was cleared or brought away, with empty transfers."""
        pickings = moves.picking_id
        moves.unlink()
        pickings.filtered(lambda picking: not picking.move_ids).unlink()

    def _free_on_hand(self):
        """Return ``{(company, warehouse, product): quantity}`` that nothing holds.

        What lies in a place that imposes a disposition is apart already.
        """
        for model in ("stock.quant", "stock.location", "stock.recall.lot"):
            self.env[model].flush_model()
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        rows = self.env.execute_query(
            SQL(
                """
                SELECT quant.company_id, place.warehouse_id, quant.product_id,
                       SUM(quant.quantity - quant.reserved_quantity)::float8
                FROM stock_recall_lot line
                JOIN stock_quant quant ON quant.lot_id = line.lot_id
                JOIN stock_location place ON place.id = quant.location_id
                WHERE line.recall_id = %(recall_id)s AND line.is_cleared IS NOT TRUE
                  AND place.usage = 'internal' AND quant.quantity > 0
                  AND quant.company_id = ANY(%(companies)s)
                  AND NOT EXISTS (
                    SELECT FROM stock_location_imposed_rel imposed
                    WHERE imposed.location_id = place.id
                      AND imposed.disposition_id = ANY(%(restrictive)s))
                GROUP BY 1, 2, 3
                """,
                recall_id=self.id,
                companies=self._traced_company_ids(),
                restrictive=list(restrictive),
            )
        )
        company = self.env["res.company"].browse
        warehouse = self.env["stock.warehouse"].browse
        products = self.env["product.product"].browse({row[2] for row in rows})
        by_id = {product.id: product for product in products}
        return {
            (company(of), warehouse(at), by_id[what]): quantity
            for of, at, what, quantity in rows
        }

    def _apart_moves(self):
        """Return the moves to quarantine that are not done, in all its companies."""
        # sudo: as in ``_draft_quarantine``
        moves = self.env["stock.move"].sudo()
        return moves.search(
            [
                ("recall_id", "in", self.ids),
                ("recall_row_id", "=", False),
                ("state", "in", OPEN_MOVES),
            ]
        )

    def _not_awaited(self, moves):
        """Return what is free and not awaited by transfers that are begun.

        :param moves: stock.move, to quarantine and not done
        :return: as ``_free_on_hand``
        """
        free = defaultdict(float, self._free_on_hand())
        for move in moves:
            reserved = sum(move.move_line_ids.mapped("quantity_product_uom"))
            key = (*move._from_where(), move.product_id)
            free[key] -= max(0.0, move.product_qty - reserved)
        return {
            key: quantity
            for key, quantity in free.items()
            if quantity > 0 and not is_none(quantity)
        }

    def _places_apart(self, free):
        """Return ``{(company, warehouse): place}`` of goods that have one."""
        pairs = {(company, warehouse) for company, warehouse, _product in free}
        warehouses = self.env["stock.warehouse"].union(*(at for _of, at in pairs))
        companies = self.env["res.company"].union(*(of for of, _at in pairs))
        if not warehouses:
            return {}
        found = self.env["stock.location"]._quarantines(warehouses, companies)
        return {
            (of, at): found[at, of]
            for of, at in sorted(pairs, key=lambda pair: (pair[0].id, pair[1].id or 0))
            if at and (at, of) in found
        }

    def _without_place(self, free, places):
        """Return what ``not_apart`` keeps; False if there is nothing."""
        amounts = defaultdict(lambda: defaultdict(float))
        for (company, warehouse, product), quantity in free.items():
            if (company, warehouse) not in places:
                amounts[str(warehouse.id or 0)][product.uom_id.name] += quantity
        return {key: dict(each) for key, each in amounts.items()} or False

    def _draft_for(self, drafts, warehouse, place, wanted):
        """Draft the transfer of one warehouse, or change the draft that is there.

        :param drafts: stock.move of the transfer, if there is one
        :param dict wanted: ``{product: quantity}``
        :return: stock.move
        """
        by_product = {move.product_id: move for move in drafts}
        for product, quantity in wanted.items():
            move = by_product.get(product)
            if move and move.product_qty != quantity:
                move.write(
                    {"product_uom": product.uom_id.id, "product_uom_qty": quantity}
                )
        new = [product for product in wanted if product not in by_product]
        kept = drafts.filtered(lambda move: move.product_id in wanted)
        if not new:
            return kept
        picking = drafts.picking_id[:1] or self.env["stock.picking"].create(
            self._prepare_apart(warehouse, place)
        )
        return kept | kept.create(
            [
                self._prepare_apart_move(picking, product, wanted[product])
                for product in new
            ]
        )

    def _prepare_apart(self, warehouse, place):
        return {
            "picking_type_id": warehouse.int_type_id.id,
            "origin": self.name,
            "user_id": self.user_id.id,
            "location_id": warehouse.view_location_id.id,
            "location_dest_id": place.id,
        }

    def _prepare_apart_move(self, picking, product, quantity):
        return {
            "picking_id": picking.id,
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            "company_id": picking.company_id.id,
            "origin": self.name,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "recall_id": self.id,
        }
