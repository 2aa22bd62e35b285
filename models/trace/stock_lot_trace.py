from odoo import api, models
from odoo.tools import SQL

from ..genealogy.lot_sql import id_array


class StockLotTrace(models.AbstractModel):
    """Questions about the lots that a walk along the links has found.

    Here: what lots are. ``stock_lot_trace_stock.py`` asks how much there was and where
    it is, ``stock_lot_trace_partners.py`` who supplied and received it. Every question
    is answered for many lots at once, for the companies the user works in, in one
    statement. ``lots`` are records or a list of ids; ``as_of`` (a naive UTC datetime)
    leaves out what happened later.

    Whatever else is to be said of a lot extends ``_labels_sql`` (a column) and
    ``_facts`` (what becomes of it); ``_node_details`` shows it in the graph.
    """

    _name = "stock.lot.trace"
    _description = "Batch Trace"

    def _flush_moves(self):
        """Bring to the database what the queries of this model read."""
        for model in ("stock.move.line", "stock.move", "stock.picking", "stock.quant"):
            self.env[model].flush_model()

    @api.model
    def _facts(self, lots, as_of=None):
        """Return what to say about lots: ``{lot id: dict}``.

        Lots that the user's record rules hide are left out. ``total`` is how much there
        has been: received, made and found by counting; ``came_date`` when first.
        """
        self._flush_moves()
        for model in ("stock.lot", "product.product", "product.template", "uom.uom"):
            self.env[model].flush_model()
        query = self.env["stock.lot"].with_context(active_test=False)._search([])
        labels = SQL(", ").join(
            SQL("%s AS %s", expression, SQL.identifier(name))
            for name, expression in self._labels_sql().items()
        )
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT stock_lot.id, stock_lot.name, stock_lot.product_id, %(labels)s,
                       product.default_code AS product_code,
                       stock_lot.company_id, stock_lot.production_date,
                       stock_lot.expiration_date, stock_lot.disposition_id,
                       disposition.code AS state,
                       COALESCE(disposition.color, 0) AS color,
                       stock_lot.supplier_id, supplier.complete_name AS supplier,
                       stock_lot.supplier_lot_name AS supplier_lot,
                       stock_lot.create_date,
                       COALESCE(came.total, 0)::float8 AS total, came.came_date
                FROM %(from)s
                JOIN product_product product ON product.id = stock_lot.product_id
                JOIN product_template template ON template.id = product.product_tmpl_id
                JOIN uom_uom uom ON uom.id = template.uom_id
                LEFT JOIN stock_lot_disposition disposition
                       ON disposition.id = stock_lot.disposition_id
                LEFT JOIN res_partner supplier ON supplier.id = stock_lot.supplier_id
                LEFT JOIN (%(came)s) came ON came.lot_id = stock_lot.id
                WHERE stock_lot.id = ANY(%(lot_ids)s) AND %(rules)s
                """,
                **{"from": query.from_clause},
                labels=labels,
                rules=query.where_clause or SQL("TRUE"),
                lot_ids=id_array(lots),
                came=self._came_in_sql(lots, as_of),
            )
        )
        return {row["id"]: row for row in rows}

    def _labels_sql(self):
        """Return ``{name: SQL}`` of a lot's facts in the user's language.

        The query has the tables ``stock_lot``, ``product``, ``template``, ``uom``,
        ``disposition`` and ``supplier``.
        """
        return {
            "product": SQL(
                "CONCAT(%s, %s)",
                self.env["product.template"]._field_to_sql("template", "name"),
                self._variant_sql(),
            ),
            "unit": self.env["uom.uom"]._field_to_sql("uom", "name"),
            "disposition": self.env["stock.lot.disposition"]._field_to_sql(
                "disposition", "name"
            ),
        }

    @api.model
    def _node_details(self, facts):
        """Return what a node of the graph says of a lot's state, of its ``facts``."""
        return {
            "disposition": facts["disposition"] or "",
            "state": facts["state"] or "",
            "color": facts["color"],
        }

    def _variant_sql(self):
        """Return `` (Red, Large)`` for one variant of several, as core names them."""
        return SQL(
            """(
                SELECT ' (' || STRING_AGG(%s, ', ' ORDER BY line.sequence, line.id)
                       || ')'
                FROM product_variant_combination combination
                JOIN product_template_attribute_value chosen
                  ON chosen.id = combination.product_template_attribute_value_id
                JOIN product_template_attribute_line line
                  ON line.id = chosen.attribute_line_id AND line.value_count > 1
                JOIN product_attribute attribute ON attribute.id = line.attribute_id
                 AND attribute.create_variant <> 'no_variant'
                JOIN product_attribute_value value
                  ON value.id = chosen.product_attribute_value_id
                WHERE combination.product_product_id = product.id
            )""",
            self.env["product.attribute.value"]._field_to_sql("value", "name"),
        )
