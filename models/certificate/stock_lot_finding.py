from ..inspection.stock_lot_inspection import FAILED, OPEN


class Finding:
    """What inspections have found in the goods of a lot, under whatever number.

    A lot that an operation has made of others is their goods: what was found in them
    was found in it, until it is inspected itself.
    """

    def __init__(self, lot):
        """Look for what is known of ``lot``, one stock.lot."""
        self.lot = lot
        self.steps = lot._made_from_when()
        #: ``{stock.lot: until when}``: it, and what operations have made it of, the
        #: nearest first; until these goods left that number, None of what it is now
        self.until = self._until()
        self.same_goods = lot.union(*self.until)
        #: stock.lot.inspection: all that are closed, the first to be closed first
        self.closed = self.same_goods._closed_inspections()
        #: of each lot and plan the last, unless the lot itself was inspected later
        self.shown = self.closed._latest_of_each_plan().filtered(self._is_shown)
        self.failed = self.shown.filtered(lambda found: found.state == FAILED)
        #: failed once, and inspected again since
        self.failed_before = (
            self.closed.filtered(lambda found: found.state == FAILED) - self.failed
        )
        self.open = self._open()
        #: stock.lot: goods of it that nobody has inspected
        self.uninspected = self._uninspected()

    def _until(self):
        until = {self.lot: None}
        border = [self.lot]
        while border:
            lot = border.pop(0)
            for parent, when in self.steps.get(lot, {}).items():
                if parent not in until:
                    until[parent] = min(filter(None, (until[lot], when)), default=None)
                    border.append(parent)
        return until

    def _is_shown(self, inspection):
        if inspection.lot_id == self.lot:
            return True
        own = self.closed.filtered(
            lambda found: (
                found.lot_id == self.lot and found.plan_id == inspection.plan_id
            )
        )
        return not any(found.date >= inspection.completed_on for found in own)

    def _open(self):
        """Return what is still open, asked for while these goods had that number."""
        inspections = self.lot.env["stock.lot.inspection"]
        asked = [("lot_id", "in", self.same_goods.ids), ("state", "=", OPEN)]
        return inspections.search(asked, order="id").filtered(
            lambda found: (
                not self.until[found.lot_id] or found.date <= self.until[found.lot_id]
            )
        )

    def _uninspected(self):
        """Return the goods that no inspection has seen, before they were mixed in."""
        inspected = self.closed.lot_id
        unseen, met, border = self.lot.browse(), self.lot, [self.lot]
        while border:
            lot = border.pop()
            parents = self.steps.get(lot, {})
            if lot in inspected:
                last = max(found.date for found in self.closed if found.lot_id == lot)
                # What came into it later was not looked at.
                parents = {each: when for each, when in parents.items() if when > last}
            elif not parents:
                unseen |= lot
            border += [each for each in parents if each not in met]
            met = met.union(*parents)
        return unseen
