from odoo import api, fields, models


class StockRecall(models.Model):
    """What a recall has set going, on its page: transfers, orders hit, replacements."""

    _inherit = "stock.recall"

    apart_count = fields.Integer("To quarantine", compute="_compute_remedy_counts")
    replacement_count = fields.Integer("Replacements", compute="_compute_remedy_counts")
    hit_ids = fields.One2many(
        "stock.recall.hit", "recall_id", "Orders hit", readonly=True
    )
    hit_count = fields.Integer("Number of orders hit", compute="_compute_hit_count")

    def _compute_remedy_counts(self):
        for name, row in (("apart_count", "="), ("replacement_count", "!=")):
            counts = dict(
                self.env["stock.move"]._read_group(
                    [
                        ("recall_id", "in", self.ids),
                        ("recall_row_id", row, False),
                        ("state", "!=", "cancel"),
                    ],
                    ["recall_id"],
                    ["picking_id:count_distinct"],
                )
            )
            for recall in self:
                recall[name] = counts.get(recall._origin, 0)

    @api.depends("hit_ids")
    def _compute_hit_count(self):
        counts = dict(
            self.env["stock.recall.hit"]._read_group(
                [("recall_id", "in", self.ids)], ["recall_id"], ["__count"]
            )
        )
        for recall in self:
            recall.hit_count = counts.get(recall._origin, 0)

    # -- what to do next

    @api.depends("not_apart", "hit_ids")
    def _compute_banner(self):
        return super()._compute_banner()

    def _next_steps(self):
        notices = super()._next_steps()
        if not self._is_open() or self.is_drill:
            return notices
        return [*notices, *self._apart_notices(), *self._job_notices()]

    def _job_notices(self):
        """Return the notice that says how much of a job is left."""
        rows = self.env["stock.recall.consignee"]
        left = rows.search_count(
            [("recall_id", "=", self.id), ("replace_due", "!=", False)]
        )
        if not left:
            return []
        text = self.env._(
            "Returns, replacements or credits are being prepared: %s lines are left.",
            left,
        )
        return [{"text": text, "level": "info", "actions": []}]

    def _apart_notices(self):
        """Return the notices that say where goods have no quarantine."""
        notices = []
        if self.not_apart:
            texts = [
                self._not_apart_text(int(key), amounts)
                for key, amounts in self.not_apart.items()
            ]
            notices.append(self._not_apart_notice(" ".join(texts)))
        open_moves = self.env["stock.move"].search_count(
            [
                ("recall_id", "=", self.id),
                ("recall_row_id", "=", False),
                ("state", "=", "draft"),
            ],
            limit=1,
        )
        if open_moves:
            notices.append(self._to_quarantine_notice())
        return notices

    def _not_apart_notice(self, text):
        """Offer a way out to who may take it, and tell others whom to ask."""
        actions = [("action_draft_quarantine", self.env._("Draft transfers"))]
        if self._lacking_warehouses():
            if self._may_make_quarantine():
                make = ("action_make_quarantine", self.env._("Make a quarantine"))
                actions.insert(0, make)
            else:
                text = self.env._(
                    "%s Ask an inventory administrator: under Inventory, "
                    "Configuration, Locations, one of its locations imposes "
                    "“Recalled”.",
                    text,
                )
        buttons = [
            {"name": name, "label": label, "style": "btn-secondary"}
            for name, label in actions
        ]
        return {"text": text, "level": "warning", "actions": buttons}

    def _to_quarantine_notice(self):
        return {
            "text": self.env._(
                "Transfers to quarantine are drafted: have the goods brought there."
            ),
            "level": "warning",
            "actions": [
                {
                    "name": "action_open_quarantine",
                    "label": self.env._("Show"),
                    "style": "btn-secondary",
                }
            ],
        }

    def _not_apart_text(self, warehouse_id, amounts):
        words = {"amounts": self._amounts_text(amounts)}
        if not warehouse_id:
            return self.env._(
                "%(amounts)s lie in places that belong to no warehouse: put them "
                "apart.",
                **words,
            )
        # sudo: the name of a warehouse that the recall was traced in
        warehouse = self.env["stock.warehouse"].sudo().browse(warehouse_id)
        return self.env._(
            "%(amounts)s lie in %(warehouse)s, which has no quarantine.",
            warehouse=warehouse.name,
            **words,
        )

    # -- screens

    def action_open_quarantine(self):
        """Open the transfers that bring its batches to quarantine."""
        return self._transfers_for(
            self.env._("To quarantine"), [("recall_row_id", "=", False)]
        )

    def action_open_replacements(self):
        """Open the transfers that replace what consignees had."""
        return self._transfers_for(
            self.env._("Replacements"), [("recall_row_id", "!=", False)]
        )

    def _transfers_for(self, name, domain):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "stock.picking",
            "view_mode": "list,kanban,form",
            "mobile_view_mode": "kanban",
            "domain": [("move_ids", "any", [("recall_id", "=", self.id), *domain])],
            "context": {"create": False},
        }

    def action_open_hits(self):
        """Open the orders that lost goods, or count on them."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders hit by %s", self.name),
            "res_model": "stock.recall.hit",
            "view_mode": "list,kanban",
            "mobile_view_mode": "kanban",
            "domain": [("recall_id", "=", self.id)],
        }
