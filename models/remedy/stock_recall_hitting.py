from collections import defaultdict

from odoo import api, models
from odoo.tools import SQL

from ..base.bulk_insert import insert_rows

DONE = ("done", "cancel")


class StockRecall(models.Model):
    """Finds the orders that would take what is recalled, and tells their people.

    Who lost reserved goods was told when they were taken out. Those behind - the
    delivery that waits for a picking, the sale - and those that count on the goods are
    told here, each once.
    """

    _inherit = "stock.recall"

    def _after_launch(self, lots):
        result = super()._after_launch(lots)
        if not self.is_drill:
            self._flag_orders()
        return result

    def _flag_orders(self):
        """List the orders that are hit and not listed yet, and tell their people.

        :return: stock.recall.hit that are new
        """
        self.ensure_one()
        # sudo: who recalls need not be allowed to read every order; each is of the
        # companies that it was traced in, and opened with one's own rights
        recall = self.sudo().with_context(
            allowed_company_ids=self._traced_company_ids()
        )
        known = {(hit.res_model, hit.res_id) for hit in recall.hit_ids}
        hits = self.env["stock.recall.hit"].sudo()
        rows, products, untold = [], [], defaultdict(list)
        for kind, document, wanted, is_told in recall._hit_documents():
            if (document._name, document.id) in known:
                continue
            known.add((document._name, document.id))
            rows.append(recall._prepare_hit(kind, document))
            products.append(wanted)
            if not is_told:
                untold[hits._is_coming(kind), document._name].append(document.id)
        new = insert_rows(hits, rows)
        recall._note_products(new, products)
        for (is_coming, model), ids in untold.items():
            # sudo: as above
            recall._tell_of_hit(self.env[model].sudo().browse(ids), is_coming)
        recall.invalidate_recordset(["hit_ids"])
        recall.modified(["hit_ids"])
        return new.with_env(self.env)

    def _hit_documents(self):
        """Return the orders that are hit; rooms and bridges add theirs.

        :return: ``[(kind, document, product.product, whether its people are told)]``
        """
        moves = self._hit_moves()
        behind = self._moves_behind(moves)
        return [
            *self._hit_transfers_of(moves, is_told=True),
            *self._hit_transfers_of(behind, is_told=False),
            *self._hit_replenishments(),
        ]

    def _hit_moves(self):
        """Return the open moves that lost goods by this recall."""
        decisions = self.env["stock.lot.decision"].search(
            [("document_model", "=", self._name), ("document_id", "=", self.id)]
        )
        return decisions.hit_move_ids.filtered(lambda move: move.state not in DONE)

    @api.model
    def _moves_behind(self, moves):
        """Return the open moves that wait for some others, through all steps."""
        moves.flush_model()
        rows = self.env.execute_query(
            SQL(
                """
                WITH RECURSIVE behind AS (
                    SELECT unnest(%s::int[]) AS id
                    UNION
                    SELECT next.move_dest_id FROM behind
                    JOIN stock_move_move_rel next ON next.move_orig_id = behind.id
                )
                SELECT id FROM behind
                """,
                moves.ids,
            )
        )
        found = moves.browse(move_id for (move_id,) in rows) - moves
        return found.filtered(lambda move: move.state not in DONE)

    def _hit_transfers_of(self, moves, is_told):
        return [
            (
                "delivery" if picking.picking_type_code == "outgoing" else "transfer",
                picking,
                theirs.product_id,
                is_told,
            )
            for picking, theirs in moves.grouped("picking_id").items()
            if picking
        ]

    def _hit_replenishments(self):
        """Return the rules that count on goods which are recalled."""
        held = defaultdict(set)
        for company, warehouse, product in self._free_on_hand():
            held[company, warehouse].add(product.id)
        points = self.env["stock.warehouse.orderpoint"]
        for (company, warehouse), product_ids in held.items():
            points |= points.search(
                [
                    ("product_id", "in", list(product_ids)),
                    ("warehouse_id", "=", warehouse.id),
                    ("company_id", "=", company.id),
                ]
            )
        return [("replenishment", point, point.product_id, True) for point in points]

    def _prepare_hit(self, kind, document):
        names = document._fields
        partner = document.partner_id.id if "partner_id" in names else None
        user = document.user_id.id if "user_id" in names else None
        return {
            "recall_id": self.id,
            "company_id": document.company_id.id,
            "version": self.version,
            "kind": kind,
            "res_model": document._name,
            "res_id": document.id,
            "name": document.display_name,
            "partner_id": partner,
            "user_id": user,
            "date": self._planned_date(document),
        }

    @api.model
    def _planned_date(self, document):
        """Return when an order is planned for; bridges know their own."""
        if document._name == "stock.picking":
            return document.scheduled_date
        return None

    def _note_products(self, hits, products):
        field = hits._fields["product_ids"]
        pairs = [
            (hit.id, product_id)
            for hit, wanted in zip(hits, products, strict=True)
            for product_id in wanted.ids
        ]
        self.env.cr.execute(
            SQL(
                "INSERT INTO %s (%s, %s) SELECT * FROM unnest(%s::int[], %s::int[])",
                SQL.identifier(field.relation),
                SQL.identifier(field.column1),
                SQL.identifier(field.column2),
                [hit_id for hit_id, _product_id in pairs],
                [product_id for _hit_id, product_id in pairs],
            )
        )
        hits.invalidate_recordset(["product_ids"], flush=False)

    def _tell_of_hit(self, documents, is_coming=False):
        """Leave a note on each document, and its responsible an activity.

        :param bool is_coming: they bring goods from who delivered what is recalled
        """
        if "message_ids" not in documents._fields:
            return
        text = self._coming_text() if is_coming else self._lost_text()
        documents._message_log_batch(bodies=dict.fromkeys(documents.ids, text))
        self.env["stock.move.line"]._ask_people(
            documents, self.env._("Goods were recalled")
        )

    def _lost_text(self):
        return self.env._(
            "Goods that this counts on are recalled by %s: they will not come. Look "
            "for others, or tell who waits.",
            self.name,
        )

    def _coming_text(self):
        return self.env._(
            "What this supplier has delivered before is recalled by %s. Ask whether "
            "what is ordered here is affected as well, before it is used.",
            self.name,
        )
