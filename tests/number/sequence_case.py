from datetime import date

from ..common import KitchenCase

OCTOBER_20 = date(2021, 10, 20)


class SequenceCase(KitchenCase):
    """Hummus is numbered by product and day."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env.ref("batch_tracking.ir_sequence_product_day_batch")
        cls.hummus.lot_sequence_id = cls.sequence
        cls.beet = cls.make_product(
            "Beet hummus", batch_code="03", lot_sequence_id=cls.sequence.id
        )

    def number(self, product, day=OCTOBER_20):
        return self.number_lot(product, production_date=day).name
