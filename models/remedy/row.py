"""The field by which a document says whose recalled goods it makes good."""

from odoo import fields


def row_field(meaning):
    """Return a link to a row of a recall's ledger, which nobody types or copies.

    :param str meaning: what the document does for the row
    """
    return fields.Many2one(
        "stock.recall.consignee",
        "Makes good",
        copy=False,
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help=meaning,
    )
