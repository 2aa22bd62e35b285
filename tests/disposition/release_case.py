"""The scene of the tests of releases: chickpeas with stones, and who may do what."""

from ..common import KitchenCase


class ReleaseCase(KitchenCase):
    """Chickpeas with stones are held; a clerk and two quality managers are there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lot = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.held, cls.released = cls.disposition("hold"), cls.disposition("released")
        cls.lot._set_disposition(cls.held, "Stones")
        cls.clerk = cls.user("clerk")
        cls.chief = cls.user("chief", "stock.group_stock_manager")
        cls.quality = cls.user("quality", "batch_tracking.group_quality_manager")
        cls.boss = cls.user("boss", "batch_tracking.group_quality_manager")

    @classmethod
    def make_place(cls, name, **values):
        return cls.env["stock.location"].create(
            {"name": name, "location_id": cls.stock.id, **values}
        )

    def two_people(self):
        self.company.batch_release_four_eyes = True

    def last_event(self, lot=None):
        return (lot or self.lot).event_ids[:1]
