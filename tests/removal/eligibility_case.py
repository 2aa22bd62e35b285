from ..common import KitchenCase


class EligibilityCase(KitchenCase):
    """Hummus of several lives, and customers who ask for different ones."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.hummus.removal_strategy_id = cls.env.ref("product_expiry.removal_fefo")
        cls.short = cls.put_on_hand(cls.make_lot(cls.hummus, "SHORT", 10), 10)
        cls.long = cls.put_on_hand(cls.make_lot(cls.hummus, "LONG", 40), 10)

    def ask(self, customer, days=0, percent=0.0, category=None):
        return self.env["res.partner.shelf.life"].create(
            {
                "partner_id": customer.id,
                "min_days": days,
                "min_percent": percent,
                "categ_id": category and category.id,
            }
        )

    def reserved(self, picking):
        lines = picking.move_line_ids
        return {line.lot_id.name: line.quantity for line in lines if line.quantity}

    def taken(self, customer, quantity=12, days=0):
        return self.reserved(self.order(self.hummus, quantity, customer, days=days))
