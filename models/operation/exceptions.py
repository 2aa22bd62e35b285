"""Why lots cannot be split, merged, repacked or relabelled."""

from odoo.exceptions import UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class NotFreeError(UserError):
    """More of a lot is wanted than is free in a place."""

    def __init__(self, env, *, lot, location, wanted, free, references):
        """
        :param float wanted: in the unit of the lot's product, like ``free``
        :param references: names of the transfers that reserve it there
        """
        super().__init__(
            env._(
                "%(wanted)s %(unit)s of batch %(lot)s are wanted, but only %(free)s "
                "are free in %(place)s. Reserved for: %(references)s. Count the stock, "
                "or unreserve it there.",
                wanted=wanted,
                unit=lot.product_uom_id.name,
                lot=lot.name,
                free=free,
                place=location.display_name,
                references=", ".join(references) or env._("nothing"),
            )
        )
        self.lot = lot
        self.location = location
        self.wanted = wanted
        self.free = free
        self.references = references


@known_to_clients
class BarredLotError(UserError):
    """A lot that is barred from use would bar all that it is mixed with."""

    def __init__(self, env, *, lot):
        super().__init__(
            env._(
                "Batch %(lot)s is “%(disposition)s”: mixed with others, it would bar "
                "them all. Leave it out, or ask a quality manager to release it first.",
                lot=lot.name,
                disposition=lot.disposition_id.name,
            )
        )
        self.lot = lot


@known_to_clients
class DifferentProductsError(UserError):
    """Lots of several products cannot be merged."""

    def __init__(self, env, *, products):
        super().__init__(
            env._(
                "%s are different products: they cannot become one batch. Repack "
                "them as the product that they become.",
                ", ".join(products.mapped("display_name")),
            )
        )
        self.products = products


@known_to_clients
class SerialProductError(UserError):
    """Single pieces can neither be split nor merged."""

    def __init__(self, env, *, product):
        super().__init__(
            env._(
                "%s has serial numbers: each piece is a batch of its own, which "
                "can be repacked or relabelled only.",
                product.display_name,
            )
        )
        self.product = product


@known_to_clients
class AlreadyUndoneError(UserError):
    """An operation is undone once, and what undoes it cannot be undone itself."""

    def __init__(self, env, *, operation):
        super().__init__(
            env._(
                "%(name)s is undone, or undoes another operation: it cannot be "
                "undone once more. Do the operation that you want instead.",
                name=operation.name,
            )
        )
        self.operation = operation
