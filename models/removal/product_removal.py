from odoo import api, fields, models


class ProductRemoval(models.Model):
    """A removal strategy that says what one should know before choosing it."""

    _inherit = "product.removal"

    note = fields.Text(compute="_compute_note")

    @api.depends("method")
    def _compute_note(self):
        removal = self.env["stock.removal"]
        for strategy in self:
            # The method is translatable in core, and means the same in no language.
            method = strategy.with_context(lang=None).method
            warnings = [strategy._accounting_note(method)]
            if method in removal._refused_methods():
                warnings.append(strategy._refused_note(removal._refusing_module()))
            strategy.note = "\n".join(filter(None, warnings))

    @api.model
    def _lost_on_uninstall(self):
        """Return who loses the strategy when the app goes, in words; '' for nobody."""
        ours = self.env["ir.model.data"].search(
            [("module", "=", "batch_tracking"), ("model", "=", self._name)]
        )
        domain = [("removal_strategy_id", "in", ours.mapped("res_id"))]
        return "\n".join(
            f"{record.display_name}: {record.removal_strategy_id.name}"
            for model in ("product.category", "stock.location")
            for record in self.env[model].search(domain)
        )

    def _accounting_note(self, method):
        if method == "lifo":
            return self.env._(
                "LIFO as a physical order is your choice. As a cost formula it is not "
                "permitted under IFRS (IAS 2.25) nor for tax in many countries: value "
                "your stock by FIFO or average cost."
            )
        if method in ("lofo", "hifo"):
            return self.env._(
                "The order of costs decides which batch leaves, not what it is valued "
                "at. Under IFRS (IAS 2.25) goods that can stand for each other are "
                "valued by FIFO or average cost."
            )
        return ""

    def _refused_note(self, module):
        return self.env._(
            "The addon “%(module)s” has taken over the order of batches and does not "
            "know “%(strategy)s”. Batches go by “%(strategy)s” all the same, without "
            "what that addon adds. Choose another strategy, or ask its authors to call "
            "super() in _get_removal_strategy_order.",
            module=module,
            strategy=self.name,
        )
