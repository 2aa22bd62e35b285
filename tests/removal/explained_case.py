from ..common import KitchenCase


class ExplainedCase(KitchenCase):
    """Three lots: one held, one short, one good; the market asks for twenty days."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.removal_strategy_id = cls.env.ref("product_expiry.removal_fefo")
        cls.held = cls.put_on_hand(cls.make_lot(cls.hummus, "HELD", 5), 10)
        cls.short = cls.put_on_hand(cls.make_lot(cls.hummus, "SHORT", 10), 10)
        cls.good = cls.put_on_hand(cls.make_lot(cls.hummus, "GOOD", 40), 10)
        cls.held._set_disposition(cls.disposition("hold"), "Smells odd")
        cls.env["res.partner.shelf.life"].create(
            {"partner_id": cls.market.id, "min_days": 20}
        )
