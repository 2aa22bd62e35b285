"""Refusals that other code tells apart."""

from odoo.exceptions import UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class OverrideReasonMissingError(UserError):
    """Another lot was taken than the recommended one, and nobody said why.

    :param move: the stock.move that takes it
    :param lot: stock.lot that was taken
    :param recommended_lot: stock.lot that the strategy would have taken
    """

    def __init__(self, move, lot, recommended_lot):
        self.move = move
        self.lot = lot
        self.recommended_lot = recommended_lot
        super().__init__(
            move.env._(
                "%(sentence)s Transfers of type “%(type)s” need a reason for that: "
                "open the details of the product and fill in “Why another batch”.",
                sentence=move._override_sentence(lot, recommended_lot),
                type=move.picking_type_id.display_name,
            )
        )
