from collections import defaultdict

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


# Numbers are a subject of their own: a file of their own reads better than a long one.
class StockLot(models.Model):
    """A lot's number: given by pattern, and never had by two."""

    _inherit = "stock.lot"  # pylint: disable=consider-merging-classes-inherited

    # Python's own check cannot see what another transaction is about to commit.
    _number_uniq = models.UniqueIndex(
        "(product_id, name, (COALESCE(company_id, 0)))",
        "There is a batch of this product with this number already.",
    )

    @api.depends("product_id")
    def _compute_name(self):
        """Number lots of products with a batch pattern, each group in one go."""
        nameless = self.filtered(lambda lot: not lot.name and lot.product_id)
        for (product, day, expiry), lots in nameless.grouped(
            lambda lot: (lot.product_id, lot.production_date, lot.expiration_date)
        ).items():
            sequence = product._batch_sequence()
            if not sequence:
                continue
            # A form that is only open looks at a number and takes none.
            is_saved = self.env.context.get("batch_lots_saved")
            give = sequence._next_batch_numbers if is_saved else sequence._peek
            for lot, name in zip(
                lots, give(product, day, len(lots), expiry), strict=True
            ):
                lot.name = name
        return super()._compute_name()

    @api.model_create_multi
    def create(self, vals_list):
        self._refuse_taken_numbers(map(self._wanted_number, vals_list))
        lots = super(StockLot, self.with_context(batch_lots_saved=True))
        return lots.create(vals_list).with_env(self.env)

    def write(self, vals):
        if {"name", "product_id", "company_id"} & vals.keys():
            current = ((lot, lot.product_id.id, lot.name) for lot in self)
            self._refuse_taken_numbers(
                (
                    vals.get("product_id", product_id),
                    vals.get("name", name),
                    vals.get("company_id", lot.company_id.id) or None,
                )
                for lot, product_id, name in current
            )
        return super().write(vals)

    @api.model
    def _wanted_number(self, vals):
        """Return product id, number and company id (or None) of a lot to be made."""
        product = self.env["product.product"].browse(vals.get("product_id"))
        company_id = vals.get("company_id", product.company_id.id) or None
        return product.id, vals.get("name"), company_id

    def _refuse_taken_numbers(self, wanted):
        """Refuse numbers that other lots have, before the database does it roughly.

        :param wanted: iterable of (product id, number, company id or None); a lot
            without a company is everybody's, as core says
        """
        wanted = [row for row in wanted if row[1]]
        if not wanted:
            return
        self.flush_model(["product_id", "name", "company_id"])
        taken = defaultdict(list)
        for product_id, number, company_id in self.env.execute_query(
            SQL(
                "SELECT product_id, name, company_id FROM stock_lot WHERE"
                " product_id = ANY(%s) AND name = ANY(%s) AND id <> ALL(%s)",
                [product_id for product_id, _number, _company_id in wanted],
                [number for _product_id, number, _company_id in wanted],
                self.ids,
            )
        ):
            taken[product_id, number].append(company_id)
        for product_id, number, company_id in wanted:
            others = taken[product_id, number]
            if others and (not company_id or {None, company_id} & set(others)):
                raise ValidationError(self._taken_message(product_id, number))
            others.append(company_id)

    def _taken_message(self, product_id, number):
        return self.env._(
            "There is a batch %(number)s of %(product)s already. Give this one another "
            "number, or use the one there is.",
            number=number,
            product=self.env["product.product"].browse(product_id).display_name,
        )
