import json

from odoo import models
from odoo.http import request

from ...models.history.exceptions import SignatureNeededError
from ...models.history.signature import Signatures


class ResUsersIdentitycheck(models.TransientModel):
    """Core's question for the password, which also lets people sign."""

    _inherit = "res.users.identitycheck"

    def _check_identity(self):
        result = super()._check_identity()
        # sudo: nobody reads these records, and core asks their owner's password
        person = self.sudo().create_uid
        Signatures.of(self.env).prove(person.id, self.auth_method)
        return result

    def _ask_identity(self, record, method, args, kwargs):
        """Return the action that asks for the password, and then runs ``method``."""
        if not request:
            raise SignatureNeededError(self.env)
        values = [_plain(record.env.context), record._name, record.ids]
        # sudo: as core does; what is to be run is nobody's to read or change
        wizard = self.sudo().create(
            {"request": json.dumps([*values, method, args, kwargs])}
        )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Sign"),
            "res_model": self._name,
            "res_id": wizard.id,
            "views": [(False, "form")],
            "target": "new",
            "context": {"dialog_size": "medium"},
        }


def _plain(context):
    """Return what of a context can be written as JSON."""
    plain = {}
    for key, value in context.items():
        try:
            json.dumps(value)
        except TypeError:
            continue
        plain[key] = value
    return plain
