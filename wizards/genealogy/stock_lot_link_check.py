from odoo import api, fields, models
from odoo.tools import SQL, split_every

#: Consumed lines whose links a rebuild writes between two commits.
REBUILD_BATCH = 5_000
#: How many differences a person is shown.
SHOWN = 200
PARAMETER = "batch_tracking.rebuild_done"


class StockLotLinkCheck(models.TransientModel):
    """Compares the genealogy with Odoo's own records, and has it written anew."""

    _name = "stock.lot.link.check"
    _description = "Check of the Genealogy"

    difference_ids = fields.One2many("stock.lot.link.difference", "check_id")
    difference_count = fields.Integer(compute="_compute_difference_count")
    progress = fields.Float(compute="_compute_progress")
    is_rebuilding = fields.Boolean(compute="_compute_progress")

    def _compute_display_name(self):
        self.display_name = self.env._("Check of the genealogy")

    @api.depends("difference_ids")
    def _compute_difference_count(self):
        for check in self:
            check.difference_count = len(check.difference_ids)

    def _compute_progress(self):
        self.is_rebuilding, self.progress = False, 0
        position = self._position()
        if position is None:
            return
        self.is_rebuilding = True
        # sudo: everybody who may look at the check sees how far it is
        last = self.env["stock.move.line"].sudo().search([], order="id desc", limit=1)
        self.progress = 100 * position / last.id if last else 100

    def action_check(self):
        """Compare, and open what was found.

        :return: action of a form with at most ``SHOWN`` differences
        """
        # Reading the links is not enough: the check reads all of the companies' moves.
        self.env["stock.lot.link.check"].check_access("create")
        rows = self._differences(self.env.companies.ids, SHOWN)
        rows += self._wrong_consignees(self.env.companies.ids, SHOWN - len(rows))
        names = ("problem", "parent_lot_id", "child_lot_id")
        names += ("right_quantity", "stored_quantity", "reference")
        check = self.create(
            {
                "difference_ids": [
                    fields.Command.create(dict(zip(names, row, strict=True)))
                    for row in rows
                ]
            }
        )
        return check._open()

    @api.model
    def _differences(self, company_ids, limit):
        """Compare what is stored with what core's records say.

        :return: ``[(problem, parent lot id, child lot id, derived quantity, stored
            quantity, reference)]``; a lot id is None where the trace has a gap, a
            quantity where there is no link; problem is ``missing``, ``superfluous`` or
            ``different``
        """
        source = self.env["stock.lot.link.source"]
        source._flush_sources()
        self.env["stock.lot.link"].flush_model()
        self.env["stock.lot.gap"].flush_model()
        return self.env.execute_query(
            SQL(
                """
                SELECT CASE WHEN known.consume_line_id IS NULL THEN 'missing'
                            WHEN derived.consume_line_id IS NULL THEN 'superfluous'
                            ELSE 'different' END,
                    COALESCE(derived.parent_lot_id, known.parent_lot_id),
                    COALESCE(derived.child_lot_id, known.child_lot_id),
                    derived.parent_quantity, known.parent_quantity,
                    COALESCE(derived.reference, known.reference)
                FROM (SELECT * FROM (%(derived)s) d
                    WHERE parent_lot_id IS NOT NULL OR child_lot_id IS NOT NULL) derived
                FULL JOIN (%(known)s) known USING (consume_line_id, produce_line_id)
                WHERE COALESCE(derived.company_id, known.company_id)
                      = ANY(%(companies)s)
                  AND (derived.parent_lot_id, derived.child_lot_id, derived.kind,
                       derived.attribution, ROUND(derived.parent_quantity::numeric, 6))
                  IS DISTINCT FROM
                      (known.parent_lot_id, known.child_lot_id, known.kind,
                       COALESCE(known.attribution, derived.attribution),
                       ROUND(known.parent_quantity::numeric, 6))
                ORDER BY 1, 2, 3
                LIMIT %(limit)s
                """,
                derived=source._derived(),
                known=self._known(),
                companies=list(company_ids),
                limit=limit,
            )
        )

    @api.model
    def _wrong_consignees(self, company_ids, limit):
        """Compare who received goods by the lines with what their documents say.

        :return: rows like those of ``_differences``; the problem is ``consignee``
        """
        wrong = self.env["stock.move.line"]._wrong_consignees_sql()
        return self.env.execute_query(
            SQL(
                """
                SELECT 'consignee', line.lot_id, NULL, NULL, NULL, move.reference
                FROM (%s) wrong JOIN stock_move_line line ON line.id = wrong.id
                LEFT JOIN stock_move move ON move.id = line.move_id
                WHERE line.company_id = ANY(%s) ORDER BY line.id LIMIT %s
                """,
                *(wrong, list(company_ids), limit),
            )
        )

    def _known(self):
        """Return the query of the stored links and gaps."""
        return SQL(
            """
            SELECT parent_lot_id, child_lot_id, parent_quantity, attribution, kind,
                consume_line_id, produce_line_id, reference, company_id
            FROM stock_lot_link WHERE kind <> 'manual'
            UNION ALL
            SELECT CASE direction WHEN 'forward' THEN lot_id END,
                CASE direction WHEN 'back' THEN lot_id END,
                CASE direction WHEN 'back' THEN quantity ELSE lot_quantity END,
                NULL, kind, consume_line_id, produce_line_id, reference, company_id
            FROM stock_lot_gap
            """
        )

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Check of the genealogy"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    def action_rebuild(self):
        """Have all links written anew in the background."""
        self.check_access("write")
        if self._position() is None:
            self._set_position(0)
        # sudo: the job may be started by whoever may check
        cron = self.env.ref("batch_tracking.ir_cron_rebuild_links").sudo()
        cron._trigger()
        return self._open()

    # -- the job

    @api.model
    def _position(self):
        """Return the last consumed line that is rebuilt, None when nobody rebuilds."""
        value = self.env["ir.config_parameter"].sudo().get_param(PARAMETER)
        return int(value) if value else None

    @api.model
    def _set_position(self, line_id):
        value = False if line_id is None else str(line_id)
        self.env["ir.config_parameter"].sudo().set_param(PARAMETER, value)

    @api.model
    def _cron_rebuild(self):
        """Go on where the last run has stopped; every batch is committed."""
        position = self._position()
        if position is None:
            return
        links = self.env["stock.lot.link"]
        consumed_ids = self.env["stock.lot.link.source"]._all_consumed()
        todo = [line_id for line_id in consumed_ids if line_id > position]
        remaining = len(todo)
        for batch in split_every(REBUILD_BATCH, todo, list):
            links._rebuild_lines(batch)
            self._set_position(batch[-1])
            remaining -= len(batch)
            if not self._commit(len(batch), remaining):
                return
        links._delete_stray()
        self.env["stock.move.line"]._fill_consignees()
        self._set_position(None)

    def _commit(self, done, remaining):
        """Commit a batch; tell whether there is time for another."""
        return self.env["ir.cron"]._commit_progress(done, remaining=remaining)


class StockLotLinkDifference(models.TransientModel):
    """A link that is not as Odoo's own records say."""

    _name = "stock.lot.link.difference"
    _description = "Difference in the Genealogy"

    check_id = fields.Many2one("stock.lot.link.check", ondelete="cascade")
    problem = fields.Selection(
        [
            ("missing", "Missing"),
            ("superfluous", "Superfluous"),
            ("different", "Different"),
            ("consignee", "Wrong consignee"),
        ]
    )
    parent_lot_id = fields.Many2one("stock.lot", "Parent batch")
    child_lot_id = fields.Many2one("stock.lot", "Child batch")
    right_quantity = fields.Float("Quantity it should have", digits="Product Unit")
    stored_quantity = fields.Float("Quantity it has", digits="Product Unit")
    reference = fields.Char()
