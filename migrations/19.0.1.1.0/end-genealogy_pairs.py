"""Links say as well what Manufacturing pairs although dates contradict it."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    """Derive the links anew, when all bridges are there to say how."""
    if version:
        api.Environment(cr, SUPERUSER_ID, {})["stock.lot.link"]._rebuild()
