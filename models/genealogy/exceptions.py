"""Why links between lots cannot be said, made or removed."""

from odoo.exceptions import UserError

from ..base.exceptions import known_to_clients


@known_to_clients
class DerivedLinkError(UserError):
    """A link follows from Odoo's own records: people cannot remove it."""

    def __init__(self, env, *, links):
        super().__init__(
            env._(
                "Odoo’s own records tell of this link: correct the transfer or the "
                "order, and the link follows."
            )
        )
        self.links = links


@known_to_clients
class SelfLinkError(UserError):
    """A lot cannot be made of itself."""

    def __init__(self, env, *, lot):
        super().__init__(env._("Batch %s cannot be made of itself.", lot.display_name))
        self.lot = lot


@known_to_clients
class NotUsedError(UserError):
    """A component was not used where a unit was made."""

    def __init__(self, env, *, component, unit):
        """:param component: stock.lot, as ``unit``"""
        super().__init__(
            env._(
                "%(component)s was not used where %(unit)s was made.",
                component=component.display_name,
                unit=unit.display_name,
            )
        )
        self.component = component
        self.unit = unit


@known_to_clients
class OverAttributedError(UserError):
    """More of a component is given to units than was used."""

    def __init__(self, env, *, line, attributed):
        """
        :param line: stock.move.line that was consumed
        :param float attributed: in the unit of its product
        """
        super().__init__(
            env._(
                "%(given)s %(unit)s of %(component)s are given out, but only "
                "%(consumed)s were used.",
                given=attributed,
                unit=line.product_id.uom_id.name,
                component=line.lot_id.display_name,
                consumed=line.quantity_product_uom,
            )
        )
        self.line = line
        self.attributed = attributed
