from .inspection_case import InspectionCase


class PlannedCase(InspectionCase):
    """A lot that came in is to be inspected by a plan."""

    GOOD = {"Moisture": 12.5, "Colour": "Yellow", "Free_of_stones": "pass"}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pulses = cls.plan(cls.moisture(), cls.colour(), cls.stones())
        cls.lot = cls.put_on_hand(cls.make_lot(cls.chickpeas, "CP-1"), 100)
        cls.looked_at = cls.inspection(cls.lot, cls.pulses)
        cls.looked_at._quarantine("Waits for its inspection")
        cls.clerk = cls.user("clerk")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")

    def inspect_now(self, user=None, **values):
        return self.inspect(self.looked_at, user, **{**self.GOOD, **values})

    def last_event(self, lot=None):
        return self.env["stock.lot.event"].search(
            [("lot_id", "=", (lot or self.lot).id), ("kind", "=", "inspection")],
            limit=1,
        )
