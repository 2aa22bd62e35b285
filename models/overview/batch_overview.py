from odoo import api, models
from odoo.exceptions import AccessError


class BatchOverview(models.AbstractModel):
    """How a company begins: four steps, each done or open, as its data say."""

    _inherit = "batch.overview"

    @api.readonly
    @api.model
    def get_overview(self):
        """Return what the home of the app shows to the current user.

        :return: dict of ``cards`` and ``notices`` (see ``_cards`` and ``_notices``),
            ``steps`` (see ``_first_steps``; none once they are all done or hidden) and
            ``may_hide_steps``
        """
        steps = [] if self.env.company.batch_hide_first_steps else self._first_steps()
        is_settled = all(step["done"] for step in steps)
        # Inventory's administrators need not be allowed to change products.
        may_begin = self._administrates() or any(step["action"] for step in steps)
        return {
            **super().get_overview(),
            "steps": steps if may_begin and not is_settled else [],
            "may_hide_steps": self._may_hide_steps(),
        }

    @api.model
    def hide_first_steps(self):
        """Take the first steps off the screen of all who work for the company.

        :raises AccessError: for who administrates nothing
        """
        if not self._may_hide_steps():
            raise AccessError(
                self.env._("Only a batch administrator hides the first steps.")
            )
        # sudo: who sets up batches need not be allowed to change the company
        self.env.company.sudo().batch_hide_first_steps = True

    @api.model
    def _may_hide_steps(self):
        return self._administrates()

    @api.model
    def _first_steps(self):
        """Return the steps in their order, as a list of dicts.

        Keys: ``key``, ``title``, ``text``, ``done``, and ``action``: the XML id of the
        screen where it is taken, or False for who may not; ``who`` may then.
        """
        return [
            self._step_number(),
            self._step_shelf_life(),
            self._step_strategy(),
            self._step_plan(),
        ]

    def _step_number(self):
        return {
            "key": "number",
            "title": self.env._("Number"),
            "text": self.env._(
                "Design a batch number that tells the product and the day, and choose "
                "it on a product or a category."
            ),
            "done": self._numbers_batches(),
            **self._screen("ir.sequence", "batch_tracking.ir_sequence_batch_action"),
        }

    def _step_shelf_life(self):
        return {
            "key": "shelf_life",
            "title": self.env._("Shelf life"),
            "text": self.env._("Say how long your products are good for."),
            "done": self._any("product.template", [("expiration_time", ">", 0)]),
            **self._screen("product.template", "product.product_template_action_all"),
        }

    def _step_strategy(self):
        return {
            "key": "strategy",
            "title": self.env._("Strategy"),
            "text": self.env._(
                "Choose by category which batch goes first: FEFO, FIFO or another one."
            ),
            "done": self._any(
                "product.category", [("removal_strategy_id", "!=", False)]
            ),
            **self._screen("product.category", "product.product_category_action_form"),
        }

    def _step_plan(self):
        return {
            "key": "plan",
            "title": self.env._("Inspection plan"),
            "text": self.env._("Write down what is looked at, and what is good."),
            "done": self._any("stock.lot.inspection.plan", []),
            **self._screen(
                "stock.lot.inspection.plan",
                "batch_tracking.stock_lot_inspection_plan_action",
            ),
        }

    @api.model
    def _numbers_batches(self):
        sequence = ("lot_sequence_id.batch_pattern", "!=", False)
        return self._any("product.template", [sequence]) or self._any(
            "product.category", [("batch_sequence_id", "!=", False)]
        )

    @api.model
    def _any(self, model, domain):
        # sudo: whether there is one tells nothing about it
        return bool(self.env[model].sudo().search_count(domain, limit=1))

    @api.model
    def _screen(self, model, action):
        """Return where a step is taken, and who may if the user may not."""
        if self.env[model].has_access("write"):
            return {"action": action, "who": ""}
        # sudo: who may do what is no secret
        groups = self.env["ir.model.access"].sudo()
        names = groups.group_names_with_access(model, "write")
        return {"action": False, "who": self.env._(" or ").join(names)}
