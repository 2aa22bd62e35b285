from odoo import models
from odoo.tools.misc import clean_context

from ..base.ids import check_one
from .exceptions import AlreadyUndoneError
from .step import Step, Taken

REVERSE = {"split": "merge", "merge": "split", "repack": "repack", "relabel": "relabel"}


class StockLotOperation(models.Model):
    """Puts everything back: an operation is undone by the reverse one."""

    _inherit = "stock.lot.operation"

    def action_undo(self):
        """Put everything back by the reverse operation, and open that.

        :raises AlreadyUndoneError: when it was undone already
        :raises NotFreeError: when the goods have moved on
        """
        check_one(self)
        self.check_access("read")
        if self.undoes_id or self.undone_by_ids:
            raise AlreadyUndoneError(self.env, operation=self)
        # The screen's default values are not meant for what is made here.
        clean = self.env(context=clean_context(self.env.context))
        operation = self.with_env(clean).with_company(self.company_id)
        reverse = operation._perform(
            REVERSE[self.kind],
            operation._reverse_steps(),
            self.env._("Undoes %s", self.name),
            undoes=self,
        )
        return reverse._open()

    def _reverse_steps(self):
        """Return the steps that turn what was made into what was taken."""
        steps = []
        for made in self.made_line_ids:
            used = made.consume_line_ids
            whole = sum(used.mapped("quantity_product_uom"))
            for line in used:
                share = line.quantity_product_uom / whole
                steps.append(self._reverse_step(made, line, share))
        return steps

    def _reverse_step(self, made, used, share):
        """Return the ``Step`` that turns a share of what was made into what was used.

        :param made: stock.move.line that made a lot
        :param used: stock.move.line that was used for it
        """
        taken = Taken(
            made.lot_id,
            made.location_dest_id,
            made.quantity_product_uom * share,
            made.result_package_id,
            made.owner_id,
        )
        return Step(
            [taken],
            used.lot_id,
            used.location_id,
            used.quantity_product_uom,
            used.package_id,
            used.owner_id,
        )
