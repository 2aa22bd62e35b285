import logging
from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import SQL

from .exceptions import NumberTakenError
from .uniqueness import ConstraintOnceUnique, UniqueIndexOnceUnique

_logger = logging.getLogger(__name__)

#: So many of the numbers that batches share are named in the log.
NAMED = 20

#: A number of a product as a line in a plane: 86 bits of two hashes say where it lies,
#: and it is as long as the companies that it is for; without one, it is for all. Whole
#: numbers below 2^53, which these coordinates keep exactly. Boxes, for an index of
#: ranges takes five times as long for each change of a lot, whatever is changed.
NUMBER_SQL = (
    "box("
    "point(hashtextextended(name, product_id) & 9007199254740991,"
    " (hashtextextended(name, ~product_id) & 8589934591) * 1048576"
    " + COALESCE(company_id, 0)),"
    " point(hashtextextended(name, product_id) & 9007199254740991,"
    " (hashtextextended(name, ~product_id) & 8589934591) * 1048576"
    " + COALESCE(company_id, 1048575)))"
)


class StockLot(models.Model):
    """A lot's number is never had by two, whoever saves first."""

    _inherit = "stock.lot"

    is_number_shared = fields.Boolean(
        "Number used twice",
        compute="_compute_is_number_shared",
        search="_search_is_number_shared",
        help="Lots from before the addon may share a number. Rename all but one.",
    )

    # Python's own check cannot see what another transaction is about to commit.
    _number_uniq = UniqueIndexOnceUnique(
        "(product_id, name, (COALESCE(company_id, 0)))",
        "There is a batch of this product with this number already.",
    )
    # A lot without a company is everybody's, as core says: no index alone knows that.
    _number_everywhere = ConstraintOnceUnique(
        f"EXCLUDE USING gist (({NUMBER_SQL}) WITH &&)",
        "There is a batch of this product with this number already, in this company "
        "or for all of them.",
    )

    def init(self):
        result = super().init()
        if self.env.context.get("module") == "batch_tracking":
            # Only then every column is there that a product's name may need.
            self.pool.post_init(self._warn_of_shared_numbers)
        return result

    @api.model_create_multi
    def create(self, vals_list):
        defaults = self.default_get(["product_id", "company_id"])
        self._refuse_taken_numbers(
            self._wanted_number(defaults | vals) for vals in vals_list
        )
        return super().create(vals_list)

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

        :param wanted: iterable as of ``_clashing_numbers``
        :raises NumberTakenError: for the first of them
        """
        wanted = [row for row in wanted if row[1]]
        self.env["ir.sequence"]._skip_typed({number for _product, number, _ in wanted})
        for index in self._clashing_numbers(wanted)[:1]:
            product_id, number, _company_id = wanted[index]
            raise NumberTakenError(
                self.env["product.product"].browse(product_id), number
            )

    def _clashing_numbers(self, wanted):
        """Return which numbers other lots have, or earlier ones of the same list.

        :param list wanted: (product id, number, company id or None); a lot without a
            company is everybody's, as core says
        :return: list of indexes
        """
        if not wanted:
            return []
        self.flush_model(["product_id", "name", "company_id"])
        taken = defaultdict(list)
        for product_id, number, company_id in self.env.execute_query(
            SQL(
                "SELECT product_id, name, company_id FROM stock_lot WHERE"
                " product_id = ANY(%s) AND name = ANY(%s) AND id <> ALL(%s)",
                [product_id or None for product_id, _number, _company_id in wanted],
                [number for _product_id, number, _company_id in wanted],
                self.ids,
            )
        ):
            taken[product_id, number].append(company_id)
        clashing = []
        for index, (product_id, number, company_id) in enumerate(wanted):
            others = taken[product_id, number]
            if others and (not company_id or {None, company_id} & set(others)):
                clashing.append(index)
            others.append(company_id)
        return clashing

    # -- numbers from before

    @api.depends("name", "product_id", "company_id")
    def _compute_is_number_shared(self):
        shared = self.filtered_domain(self._search_is_number_shared("in", [True]))
        for lot in self:
            lot.is_number_shared = lot in shared

    @api.model
    def _search_is_number_shared(self, operator, value):
        if operator != "in":
            return NotImplemented
        ids = [id_ for *_group, ids in self._shared_numbers() for id_ in ids]
        return [("id", "in" if True in value else "not in", ids)]

    @api.model
    def _shared_numbers(self):
        """Return the numbers that several lots of one product have.

        :return: ``[(product id, number, ids of the lots)]``
        """
        self.flush_model(["product_id", "name", "company_id"])
        return self.env.execute_query(
            SQL(
                """
                SELECT product_id, name, array_agg(id ORDER BY id)
                FROM stock_lot
                GROUP BY product_id, name
                HAVING COUNT(*) > COUNT(DISTINCT COALESCE(company_id, 0))
                    OR COUNT(*) > GREATEST(COUNT(company_id), 1)
                """
            )
        )

    @api.model
    def _warn_of_shared_numbers(self):
        """Say in the log which numbers must be changed, and what that waits for."""
        shared = self._shared_numbers()
        for product_id, number, ids in shared[:NAMED]:
            _logger.warning(
                "Product %s has %s batches numbered %s. Rename all but one (filter "
                "batches by Number used twice): a day later the database keeps "
                "numbers unique.",
                self.env["product.product"].browse(product_id).display_name,
                len(ids),
                number,
            )
        if len(shared) > NAMED:
            _logger.warning("So it is with %s numbers in all.", len(shared))

    @api.autovacuum
    def _gc_shared_numbers(self):
        """Let the database keep numbers unique as soon as no two lots share one."""
        for rule in (self._number_uniq, self._number_everywhere):
            rule.apply_to_database(self)
