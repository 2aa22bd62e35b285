from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Command

from ...tools.figures import plain
from ..ledger import ledger

KINDS = [
    ("split", "Split"),
    ("merge", "Merge"),
    ("repack", "Repack"),
    ("relabel", "Relabel"),
]


class StockLotOperation(models.Model):
    """The document of a split, merge, repack or relabel: lots become other lots.

    The goods go through Odoo's production location, each made line linked to what it
    was made of. So quantities, costs and core's own traceability agree with ours.
    """

    _name = "stock.lot.operation"
    _description = "Batch Operation"
    _order = "date desc, id desc"
    _check_company_auto = True

    name = fields.Char(required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    date = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Done by", readonly=True)
    reason = fields.Text(readonly=True)
    is_running = fields.Boolean(readonly=True)
    move_ids = fields.One2many("stock.move", "lot_operation_id", readonly=True)
    taken_line_ids = fields.Many2many(
        "stock.move.line", compute="_compute_lines", string="Taken"
    )
    made_line_ids = fields.Many2many(
        "stock.move.line", compute="_compute_lines", string="Made"
    )
    undoes_id = fields.Many2one(
        "stock.lot.operation",
        string="Reverse of",
        readonly=True,
        index="btree_not_null",
    )
    undone_by_ids = fields.One2many("stock.lot.operation", "undoes_id")
    is_undone = fields.Boolean(compute="_compute_is_undone")

    @api.depends("move_ids.move_line_ids")
    def _compute_lines(self):
        for operation in self:
            lines = operation.move_ids.move_line_ids
            made = lines.filtered(lambda line: line.location_id.usage == "production")
            operation.made_line_ids = made
            operation.taken_line_ids = lines - made

    @api.depends("undone_by_ids")
    def _compute_is_undone(self):
        for operation in self:
            operation.is_undone = bool(operation.undone_by_ids)

    # -- doing it

    @api.model
    def _perform(self, kind, steps, reason=None, undoes=None):
        """Move the goods, link them, and leave an event with every lot.

        :param str kind: one of ``KINDS``
        :param steps: list of ``Step``; their lots are there already
        :param reason: why, as the user says it
        :param undoes: stock.lot.operation that this one reverses
        :return: the new stock.lot.operation
        :raises UserError: when goods are not there, are reserved, or may not be mixed
        """
        self._check_amounts(steps)
        self._check_free(steps)
        self._check_stays_held(steps)
        for step in steps:
            self._inherit_to(step)
        operation = self._start(kind, reason, undoes)
        with ledger.finishing(self.env.cr):
            operation.with_user(self.env.user)._move(steps)
        operation.is_running = False
        operation._tell_costs()
        operation.with_user(self.env.user)._note_events(steps)
        return operation.with_env(self.env)

    def _start(self, kind, reason, undoes):
        company = self.env.company
        # sudo: operations are only ever written by themselves
        return self.sudo().create(
            {
                "name": self._next_name(company),
                "kind": kind,
                "company_id": company.id,
                "user_id": self.env.uid,
                "reason": reason,
                "is_running": True,
                "undoes_id": undoes and undoes.id,
            }
        )

    def _tell_costs(self):
        """Write what the lots cost that were made, or are as before."""
        lines = self.made_line_ids | self.undoes_id.made_line_ids
        lines.lot_id._find_unit_costs()

    @api.model
    def _next_name(self, company):
        # sudo: numbering an operation needs no right to read sequences
        sequences = self.env["ir.sequence"].sudo().with_company(company)
        return sequences.next_by_code("stock.lot.operation")

    def _move(self, steps):
        """Take and make the goods of all steps, then pair the lines of each step."""
        taken = [goods for step in steps for goods in step.taken]
        taken_lines = self._do_moves(taken, is_made=False)
        made_lines = self._do_moves(steps, is_made=True)
        with self.env["stock.lot.link"]._collected():
            position = 0
            for step, line in zip(steps, made_lines, strict=True):
                used = taken_lines[position : position + len(step.taken)]
                line.consume_line_ids = [Command.set(used.ids)]
                position += len(step.taken)

    def _do_moves(self, goods, is_made):
        """Move goods into production or out of it; return a line for each, in order."""
        grouped = defaultdict(list)
        for position, item in enumerate(goods):
            grouped[item.lot.product_id, item.location].append((position, item))
        moves = self.env["stock.move"].create(
            [
                self._move_values(product, place, [item for _, item in items], is_made)
                for (product, place), items in grouped.items()
            ]
        )
        lines = {}
        for move, items in zip(moves, grouped.values(), strict=True):
            for line, (position, _item) in zip(
                move.move_line_ids.sorted("id"), items, strict=True
            ):
                lines[position] = line.id
        moves._action_done()
        return self.env["stock.move.line"].browse(
            lines[position] for position in sorted(lines)
        )

    def _move_values(self, product, place, goods, is_made):
        company = self.company_id
        production = product.with_company(company).property_stock_production
        route = {
            "location_id": (production if is_made else place).id,
            "location_dest_id": (place if is_made else production).id,
        }
        return {
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": sum(item.quantity for item in goods),
            "company_id": company.id,
            "origin": self.name,
            "lot_operation_id": self.id,
            "picked": True,
            "move_line_ids": [
                Command.create(self._line_values(item, is_made) | route)
                for item in goods
            ],
            **route,
        }

    def _line_values(self, item, is_made):
        package = "result_package_id" if is_made else "package_id"
        return {
            "product_id": item.lot.product_id.id,
            "product_uom_id": item.lot.product_id.uom_id.id,
            "lot_id": item.lot.id,
            "quantity": item.quantity,
            "company_id": self.company_id.id,
            package: item.package and item.package.id,
            "owner_id": item.owner and item.owner.id,
            "picked": True,
        }

    @api.model
    def _inherit_to(self, step):
        """Let a step's lot be as strict as what it is made of, and held by as many."""
        parents = self.env["stock.lot"].union(*(goods.lot for goods in step.taken))
        mixed = parents | step.lot if step.lot.product_qty else parents
        mixed._check_may_mix()
        step.lot._be_strict_as(parents)
        step.lot._be_held_by_holders_of(parents)

    # -- history

    def _note_events(self, steps):
        """Leave an event with every lot: what it became, or came from."""
        labels = dict(self._fields["kind"]._description_selection(self.env))
        what = f"{labels[self.kind]} {self.name}"
        # sudo: whoever does an operation leaves events, and nobody may write others
        self.env["stock.lot.event"].sudo().create(
            [
                self._note_taken(lot, what, goods, step)
                for step in steps
                for goods in step.taken
                for lot in goods.lot | step.lot
            ]
        )

    def _note_taken(self, lot, what, goods, step):
        """Return the values of the event that some goods were taken for a step."""
        return self.env["stock.lot.event"]._note(
            lot,
            "operation",
            what,
            self._amount(goods.lot, goods.quantity),
            self._amount(step.lot, step.quantity),
            reason=self.reason,
            company_id=self.company_id.id,
        )

    def _amount(self, lot, quantity):
        return f"{lot.name}: {plain(quantity)} {lot.product_uom_id.name}"

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }
