from odoo import api, models
from odoo.exceptions import UserError

from ...tools.figures import is_amount, plain
from .exceptions import DerivedLinkError, SelfLinkError


class StockLotLink(models.Model):
    """Links that people make: what was done outside of Odoo, or before it."""

    _inherit = "stock.lot.link"

    @api.model
    def _link_by_hand(self, parent, child, parent_quantity, child_quantity, reason):
        """Link two lots, with an event for both; a rebuild leaves the link alone.

        :param float parent_quantity: how much of the parent went in, in its unit
        :param float child_quantity: how much of the child was made, in its unit
        :param str reason: how the user knows
        :return: the new stock.lot.link
        :raises SelfLinkError: when it is the same lot
        :raises UserError: when a quantity is missing
        """
        (parent | child).check_access("read")
        if parent == child:
            raise SelfLinkError(self.env, lot=parent)
        if not (is_amount(parent_quantity) and is_amount(child_quantity)):
            self._refuse_no_amount(parent, child)
        # sudo: links are only ever written by the genealogy
        link = self.sudo().create(
            {
                "parent_lot_id": parent.id,
                "child_lot_id": child.id,
                "parent_quantity": parent_quantity,
                "child_quantity": child_quantity,
                "kind": "manual",
                "attribution": "exact",
                "date": self.env.cr.now(),
                "company_id": self.env.company.id,
            }
        )
        link._note_link(new=link._as_sentence(), reason=reason)
        return link.with_env(self.env)

    def _refuse_no_amount(self, parent, child):
        raise UserError(
            self.env._(
                "Say how much of %(parent)s went in, and how much of %(child)s was "
                "made.",
                parent=parent.display_name,
                child=child.display_name,
            )
        )

    def action_remove(self):
        """Remove links that people have made.

        :raises DerivedLinkError: when Odoo's own records tell of one
        """
        self.check_access("read")
        self.env["stock.lot"].check_access("write")
        derived = self.filtered(lambda link: link.kind != "manual")
        if derived:
            raise DerivedLinkError(self.env, links=derived)
        for link in self:
            link._note_link(old=link._as_sentence())
        self.sudo().unlink()

    def _as_sentence(self):
        parent, child = self.parent_lot_id, self.child_lot_id
        return self.env._(
            "%(taken)s of %(parent)s in %(made)s of %(child)s",
            taken=f"{plain(self.parent_quantity)} {parent.product_uom_id.name}",
            parent=parent.display_name,
            made=f"{plain(self.child_quantity)} {child.product_uom_id.name}",
            child=child.display_name,
        )

    def _note_link(self, old="", new="", reason=None):
        # sudo: whoever links leaves events, and nobody may write others
        events = self.env["stock.lot.event"].sudo()
        what = self.env._("Link by hand")
        events.create(
            [
                events._note(
                    lot,
                    "link",
                    what,
                    old,
                    new,
                    reason=reason,
                    company_id=self.company_id.id,
                )
                for lot in self.parent_lot_id | self.child_lot_id
            ]
        )
