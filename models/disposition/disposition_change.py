"""A change of disposition: why, how, and what it did."""

from dataclasses import dataclass, field

from ..history.lot_change import LotChange


@dataclass(eq=False)
class DispositionChange(LotChange):
    """What a change of disposition is told, and what it reports when it is written."""

    #: Goods that somebody has in hand stay in their transfers.
    leave_touched: bool = False
    #: How many reserved lines were taken out of open transfers.
    line_count: int = 0
    #: ids of the transfers that they were taken out of
    picking_ids: set = field(default_factory=set)
    #: ids of the transfers that keep goods which somebody has in hand
    left_picking_ids: set = field(default_factory=set)
    #: ids of the moves that both belong to
    move_ids: set = field(default_factory=set)

    def note(self, taken, left):
        """Keep what was taken out and what was left, both stock.move.line.

        Before they are deleted: lines that are gone have no transfer.
        """
        self.line_count += len(taken)
        self.picking_ids |= set(taken.picking_id.ids)
        self.left_picking_ids |= set(left.picking_id.ids)
        self.move_ids |= set((taken | left).move_id.ids)
