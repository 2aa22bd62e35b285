from odoo import api, models

from ..base.deletion import with_guards_of_core
from . import ledger
from .company import check_company_stays
from .correction import is_other
from .exceptions import DoneStaysError, NotCarriedOutError


class StockDoneDocument(models.AbstractModel):
    """A document whose goods have moved stays done, and says what its movements say.

    For documents that core calls done within the operation that moves their goods:
    that opens ``ledger.finishing``. Whoever inherits this names what they tell.
    """

    _name = "stock.done.document"
    _description = "Document of What Was Moved"

    @api.model_create_multi
    def create(self, vals_list):
        documents = super().create(vals_list)
        for document in documents:
            if document.state == "done":
                raise NotCarriedOutError(document)
        return documents

    def write(self, vals):
        check_company_stays(self, vals)
        if not ledger.is_finishing(self.env.cr):
            self._check_state_is_earned(vals)
            self._check_told_stays(vals)
        return super().write(vals)

    def unlink(self):
        return super(StockDoneDocument, with_guards_of_core(self)).unlink()

    @api.model
    def _told_when_done(self):
        """Return the names of what follows from its movements, once it is done."""
        return set()

    def _check_state_is_earned(self, vals):
        """Refuse to call a document done that nobody carried out, and to open it.

        :raises NotCarriedOutError: naming a document
        :raises DoneStaysError: naming one that is done
        """
        if "state" not in vals:
            return
        for document in self:
            if document.state == "done" and vals["state"] != "done":
                raise DoneStaysError(document, "state")
            if document.state != "done" and vals["state"] == "done":
                raise NotCarriedOutError(document)

    def _check_told_stays(self, vals):
        """Refuse to let a document that is done tell something else.

        :raises DoneStaysError: naming the document and the field
        """
        names = self._told_when_done() & vals.keys() & self._fields.keys()
        if not names or self.env.su:
            return
        for document in self.filtered(lambda document: document.state == "done"):
            for name in names:
                if is_other(document, name, vals[name]):
                    raise DoneStaysError(document, name)
