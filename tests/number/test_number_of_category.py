from datetime import date

from freezegun import freeze_time

from odoo.tests import Form, tagged

from ...models.number.numbering import with_numbering
from .sequence_case import SequenceCase

OCTOBER_20 = date(2021, 10, 20)


@tagged("post_install", "-at_install")
class TestNumberOfCategory(SequenceCase):
    """Who chooses the pattern: a category, a product, or nobody."""

    def test_saving_the_product_form_keeps_the_pattern(self):
        with Form(self.hummus.product_tmpl_id) as form:
            form.name = "Hummus, new recipe"
        self.assertEqual(self.hummus.lot_sequence_id, self.sequence)

    def test_a_category_chooses_for_its_products(self):
        parent = self.env["product.category"].create(
            {"name": "Fresh", "batch_sequence_id": self.sequence.id, "batch_code": "9"}
        )
        child = parent.create({"name": "Dips", "parent_id": parent.id})
        dip = self.make_product("Dip", categ_id=child.id)
        self.assertEqual(self.number(dip), "9-2129301")
        dip.batch_code = "77"
        self.assertEqual(self.number(dip), "77-2129301")

    def test_a_products_own_choice_wins_over_its_category(self):
        self.chickpeas.categ_id = self.env["product.category"].create(
            {"name": "Fresh", "batch_sequence_id": self.sequence.id}
        )
        self.chickpeas.lot_sequence_id = self.sequence.create(
            {"name": "Sacks", "prefix": "CP", "padding": 7}
        )
        self.assertRegex(self.number(self.chickpeas), r"^CP\d{7}$")

    def test_core_code_is_led_to_the_categorys_pattern(self):
        self.chickpeas.categ_id = self.env["product.category"].create(
            {"name": "Fresh", "batch_sequence_id": self.sequence.id, "batch_code": "9"}
        )
        plain = with_numbering(
            self.chickpeas.lot_sequence_id,
            product_id=self.chickpeas.id,
            date=OCTOBER_20,
        )
        self.assertEqual(plain.next_by_id(), "9-2129301")

    def test_core_code_never_finds_a_pattern_by_its_code(self):
        """What core falls back to for products without any sequence stays plain."""
        with freeze_time("2021-10-20 15:00:00"):
            number = self.env["ir.sequence"].next_by_code("stock.lot.serial")
        self.assertRegex(number, r"^\d{7}$")

    def test_a_plain_product_is_numbered_as_ever(self):
        self.assertRegex(self.number_lot(self.chickpeas).name, r"^\d{7}$")
