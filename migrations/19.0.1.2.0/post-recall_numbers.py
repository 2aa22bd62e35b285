"""Recalls are numbered without gaps: where a launch began anew, a number was lost."""

from odoo import SUPERUSER_ID, api

SEQUENCES = ("ir_sequence_recall", "ir_sequence_recall_drill")


def migrate(cr, version):
    if not version:
        return
    env = api.Environment(cr, SUPERUSER_ID, {})
    for name in SEQUENCES:
        sequence = env.ref(f"batch_tracking.{name}", raise_if_not_found=False)
        if sequence and sequence.implementation == "standard":
            following = sequence.number_next_actual
            sequence.write({"implementation": "no_gap", "number_next": following})
