from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ...tools.days import local_day
from ...tools.gs1.batch import fits_gs1, is_gtin
from ...tools.ids import is_id
from ...tools.number.look_alike import CONFUSED, look_alike
from ..base.arguments import COUNT, TEXT, check_argument
from .exceptions import NAMED, UnfitForBarcodeError
from .numbering import numbering, with_numbering

#: Numbers are not given back: a slip of the finger must not use up a year's.
MOST_IN_SERIES = 10_000

LOOK_ALIKE_SQL = (
    r"translate(upper(regexp_replace(name, '\s+', '', 'g')), '{}', '{}')".format(
        *CONFUSED
    )
)


class StockLot(models.Model):
    """A lot's number: given by pattern, and fit for those who read it."""

    _inherit = "stock.lot"

    # What ``look_alike`` computes, for PostgreSQL to find.
    _look_alike_idx = models.Index(f"(product_id, {LOOK_ALIKE_SQL})")

    @api.depends("product_id")
    def _compute_name(self):
        """Number lots of products with a batch pattern, each group in one go."""
        nameless = self.filtered(lambda lot: not lot.name and lot.product_id)
        for product, lots in nameless.grouped("product_id").items():
            sequence = product._batch_sequence()
            if sequence:
                lots._number_by(sequence)
        return super()._compute_name()

    def _number_by(self, sequence):
        """Name lots of one product by its pattern, those with equal facts in one go."""
        known = numbering(self.env)
        # A form that is only open looks at a number and takes none.
        takes = known.takes_numbers
        give = sequence._next_batch_numbers if takes else sequence._peek
        place_codes = self._place_codes()
        pattern = sequence._batch_parsed()
        needs_lot = bool(pattern and pattern.needs_lot)
        groups = self.grouped(lambda lot: lot._number_facts(needs_lot))
        for (company, made, expiry, own_codes), lots in groups.items():
            codes = {**place_codes, **known.codes, **dict(own_codes)}
            day = made or known.date or sequence._batch_today(company)
            names = give(self.product_id, day, len(lots), expiry, codes)
            for lot, name in zip(lots, names, strict=True):
                lot.name = name

    @api.model
    def _place_codes(self):
        """Return what the transfer tells in whose form a lot is made."""
        picking_id = self.env.context.get("active_picking_id")
        if not is_id(picking_id):  # clients send what they like
            return {}
        picking = self.env["stock.picking"].browse(picking_id)
        return picking.picking_type_id._batch_codes()

    def _number_facts(self, needs_lot):
        """Return what the number of a lot may speak of, to group lots by.

        :param bool needs_lot: whether the pattern asks for more than dates
        :return: res.company, production date, date of expiry there, pairs of codes
        """
        codes = self._batch_codes() if needs_lot else {}
        company = self._home_company()
        expiry = self.expiration_date
        expiry = expiry and local_day(expiry, company._zone())
        return company, self.production_date, expiry, tuple(codes.items())

    def _home_company(self):
        told = self.env["res.company"].browse(numbering(self.env).company_id or [])
        return told or super()._home_company()

    def _batch_codes(self):
        """Return what is known of a lot, by the fields of a batch pattern."""
        codes = {
            **self.product_id._batch_property_codes(self.lot_properties),
            # sudo: a number needs no right to read warehouses
            "warehouse": self.sudo().production_warehouse_id.code,
            "line": self.production_line,
        }
        return {name: code for name, code in codes.items() if code}

    @api.model
    def generate_lot_names(self, first_lot, count):
        """Continue the batch pattern of the product that ``with_numbering`` names.

        The last digits of a patterned number are not always its running number: a
        date or a check character must not be counted on.
        """
        check_argument(self.env, "first_lot", first_lot or "", TEXT)
        known = numbering(self.env)
        product = self.env["product.product"].browse(known.product_id or [])
        sequence = product._batch_sequence()
        if not sequence:
            check_argument(self.env, "count", count, COUNT)
            return super().generate_lot_names(first_lot or "", count)
        self._check_series(count)
        names = sequence._continue_batch_numbers(
            product, first_lot, count, known.date, known.expiry, known.codes
        )
        return [{"lot_name": name} for name in names]

    @api.model
    def _check_series(self, count):
        """Refuse a series of numbers that is none, or that nobody would stick on.

        :raises UserError: naming the most there may be
        """
        if type(count) is int and 0 <= count <= MOST_IN_SERIES:
            return
        raise UserError(
            self.env._(
                "A series has %s numbers at most. Make several, one after the other.",
                MOST_IN_SERIES,
            )
        )

    @api.model
    def _get_next_serial(self, company, product):
        sequence = product._batch_sequence()
        if not sequence:
            return super()._get_next_serial(company, product)
        known = numbering(self.env)
        if not known.company_id:
            sequence = with_numbering(sequence, company_id=company.id)
        names = sequence._next_batch_numbers(
            product, known.date, 1, known.expiry, known.codes
        )
        return names[0]

    @api.model_create_multi
    def create(self, vals_list):
        self._check_may_be_numbered(vals_list)
        lots = super(StockLot, with_numbering(self, takes_numbers=True))
        return lots.create(vals_list).with_env(self.env)

    @api.model
    def _check_may_be_numbered(self, vals_list):
        """Refuse lots of other companies' products before they take their numbers."""
        default = self.env.context.get("default_product_id")
        ids = {vals.get("product_id") or default for vals in vals_list}
        products = self.env["product.product"].browse(filter(is_id, ids))
        self.env["ir.sequence"]._check_may_number(products)

    # -- numbers that scanners and people must read

    @api.constrains("name", "product_id")
    def _check_gs1(self):
        """Keep the numbers of products with a GTIN and a pattern fit for barcodes."""
        for product, lots in self.grouped("product_id").items():
            if not (is_gtin(product.barcode) and product._batch_sequence()):
                continue
            unfit = [lot.name for lot in lots if not fits_gs1(lot.name)]
            if unfit:
                raise UnfitForBarcodeError(product, unfit)

    @api.onchange("name")
    def _onchange_name_look_alike(self):
        if self.name:
            return self._look_alike_warning(self.product_id, self.name)
        return None

    def _look_alike_warning(self, product, number):
        """Return the warning of an onchange when lots have a similar number, or None.

        :param product: product.product
        :param str number: as it was typed
        """
        others = self._find_look_alikes(product, number)
        if not others:
            return None
        message = self.env._(
            "%(product)s has %(numbers)s already, which people will take for "
            "“%(number)s”. Is it the same batch? Then use that number.",
            product=product.display_name,
            numbers=", ".join(others.mapped("name")),
            number=number,
        )
        return {"warning": {"title": self.env._("Easily mistaken"), "message": message}}

    def _find_look_alikes(self, product, number):
        """Return lots of ``product`` whose number looks like ``number`` but is not."""
        self.flush_model(["product_id", "name"])
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM stock_lot WHERE product_id = ANY(%s) AND %s = %s"
                " AND name <> %s AND id <> ALL(%s) LIMIT %s",
                product.ids,
                SQL(LOOK_ALIKE_SQL),
                look_alike(number),
                number,
                self._origin.ids,
                NAMED,
            )
        )
        lots = self.browse(id_ for (id_,) in rows)
        return lots._filtered_access("read")
