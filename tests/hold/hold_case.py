"""The scene of the tests of decisions: a kitchen with a clerk and two managers."""

from contextlib import contextmanager

from ..common import KitchenCase

QUALITY = "batch_tracking.group_quality_manager"


class HoldCase(KitchenCase):
    """Chickpeas were mashed; the mash of another batch is good."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.raw = cls.receive(cls.chickpeas, "CP-1", 10)
        cls.raw.supplier_lot_name = "S-77"
        cls.mash_lot = cls.produce(cls.mash, "M-1", 5, uses=[(cls.raw, 4)])
        cls.good = cls.put_on_hand(cls.make_lot(cls.mash, "M-2"), 5)
        cls.clerk = cls.user("clerk")
        cls.quality = cls.user("quality", QUALITY)
        cls.boss = cls.user("boss", QUALITY)

    @contextmanager
    def refused(self, error, message=""):
        with (
            self.assertRaisesRegex(error, message) as refusal,
            self.env.cr.savepoint(),
        ):
            yield refusal
        self.env.invalidate_all()

    def wizard(self, lots, code="hold", user=None, **values):
        wizard = self.env["stock.lot.set.disposition"].with_user(user or self.quality)
        return wizard.create(
            {
                "lot_ids": lots.ids,
                "disposition_id": self.disposition(code).id,
                "reason": "Smells odd",
                **values,
            }
        )

    def decide(self, lots, code="hold", user=None, **values):
        action = self.wizard(lots, code, user, **values).apply()
        return self.decision_of(action)

    def decision_of(self, action):
        """Return the decision that the screen links to."""
        (link,) = action["params"]["links"]
        decision_id = int(link["url"].rsplit("/", 1)[1])
        return self.env["stock.lot.decision"].browse(decision_id)

    def two_people(self):
        self.company.batch_release_four_eyes = True
