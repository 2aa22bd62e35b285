from odoo import api, models
from odoo.exceptions import UserError

from ...tools.figures import is_amount, plain
from .exceptions import DifferentProductsError, SerialProductError
from .step import Step

#: Single pieces that one operation makes at most.
MOST_PIECES = 1000


class StockLotOperation(models.Model):
    """What each kind of operation makes of the goods it takes.

    All take a list of ``Taken`` goods, which nobody has reserved, and return the new
    stock.lot.operation. A number that is left empty is given by the product's pattern.
    """

    _inherit = "stock.lot.operation"

    @api.model
    def _split(self, taken, parts, *, reason=None):
        """Make several lots of one; what is left keeps its number.

        :param taken: the goods to split, in one place; how much the parts say
        :param parts: ``Part`` of each new lot
        :raises UserError: when they lie in several places, or there are no parts
        """
        if len(taken) != 1:
            raise UserError(
                self.env._(
                    "The batch lies in several places. Set the quantity to zero for "
                    "all but the one that you split."
                )
            )
        if not parts:
            raise UserError(self.env._("Say how much goes into each new batch."))
        [goods] = taken
        self._check_not_serial(goods.lot.product_id)
        steps = [
            self._step_in_place(
                goods._replace(quantity=part.quantity),
                self._make_child(goods.lot.product_id, goods.lot, part.name),
            )
            for part in parts
        ]
        return self._perform("split", steps, reason)

    @api.model
    def _merge(self, taken, *, into=None, name=None, reason=None):
        """Make one lot of all that is taken.

        :param into: stock.lot that the others are added to; without, it is a new one
        :param name: number of the new lot
        :raises UserError: when it is one lot only, or they cannot be mixed
        """
        lots = self._lots_of(taken)
        if len(lots.product_id) > 1:
            raise DifferentProductsError(self.env, products=lots.product_id)
        into = into or self.env["stock.lot"]
        if len(lots | into) == 1:
            raise UserError(
                self.env._("Merging takes two batches or more. Choose another one.")
            )
        taken = [goods for goods in taken if goods.lot != into]
        lots -= into
        self._check_not_serial(lots.product_id)
        quantity = sum(goods.quantity for goods in taken)
        target = into or self._make_child(lots.product_id, lots, name)
        return self._perform(
            "merge", [self._step_of_all(taken, target, quantity)], reason
        )

    @api.model
    def _repack(self, taken, product, quantity, *, into=None, name=None, reason=None):
        """Make a lot of another product, or one of each piece with a serial number.

        :param product: product.product that is made
        :param float quantity: how much of it is made, in its unit
        :param into: stock.lot that it is added to; without, it is a new one
        :param name: number of the new lot
        :raises UserError: without a product or quantity, or for parts of pieces
        """
        if not product or not is_amount(quantity):
            raise UserError(
                self.env._("Say which product it is packed as, and how much of it.")
            )
        if product.tracking == "serial":
            steps = self._serial_steps(taken, product, quantity, name)
        else:
            parents = self._lots_of(taken)
            target = into or self._make_child(product, parents, name)
            steps = [self._step_of_all(taken, target, quantity)]
        return self._perform("repack", steps, reason)

    def _serial_steps(self, taken, product, quantity, name):
        """Return a step for every piece; each takes the same share of all."""
        self._check_pieces(product, quantity)
        pieces = int(quantity)
        if pieces != quantity or name and pieces > 1:
            raise UserError(
                self.env._(
                    "%s has serial numbers: a whole number of pieces is made, and each "
                    "gets a number of its own.",
                    product.display_name,
                )
            )
        share = [goods._replace(quantity=goods.quantity / pieces) for goods in taken]
        parents = self._lots_of(taken)
        return [
            self._step_of_all(share, self._make_child(product, parents, name), 1)
            for _piece in range(pieces)
        ]

    @api.model
    def _check_pieces(self, product, quantity):
        """Refuse to make more single pieces than one operation can carry.

        :raises UserError: naming the most there may be
        """
        if quantity > MOST_PIECES:
            raise UserError(
                self.env._(
                    "%(quantity)s pieces of %(product)s, each with a number of its "
                    "own, are too many at once: make %(most)s at most, then the rest.",
                    quantity=plain(quantity),
                    product=product.display_name,
                    most=MOST_PIECES,
                )
            )

    @api.model
    def _relabel(self, taken, *, name=None, reason=None):
        """Give a lot another number, wherever it lies.

        :param name: the new number
        :raises UserError: for several lots
        """
        lot = self._lots_of(taken)
        if len(lot) != 1:
            raise UserError(self.env._("Relabel one batch at a time."))
        relabelled = self._make_child(lot.product_id, lot, name)
        steps = [self._step_in_place(goods, relabelled) for goods in taken]
        return self._perform("relabel", steps, reason)

    # -- steps

    def _lots_of(self, taken):
        return self.env["stock.lot"].union(*(goods.lot for goods in taken))

    def _make_child(self, product, parents, name):
        return self.env["stock.lot"]._make_child(product, parents, name)

    def _step_in_place(self, goods, lot):
        """Return the step that makes as much of ``lot`` where the goods lie."""
        return Step(
            [goods], lot, goods.location, goods.quantity, goods.package, goods.owner
        )

    def _step_of_all(self, taken, lot, quantity):
        """Return the step that makes ``lot`` of several goods, where the first lie."""
        owners = self.env["res.partner"].union(
            *(goods.owner for goods in taken if goods.owner)
        )
        owner = owners if len(owners) == 1 else None
        return Step(taken, lot, taken[0].location, quantity, owner=owner)

    def _check_not_serial(self, product):
        if product.tracking == "serial":
            raise SerialProductError(self.env, product=product)
