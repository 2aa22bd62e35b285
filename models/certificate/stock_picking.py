import base64

from odoo import models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    """A delivery brings the certificates of its lots, if the customer wants them."""

    _inherit = "stock.picking"

    def _certificates(self):
        """Return what the certificates of this delivery state, lot by lot.

        :return: see ``stock.lot._certificate``; delivery and customer are added
        """
        self.ensure_one()
        language = self.partner_id.lang or self.env.lang
        lines = self.with_context(lang=language).move_line_ids.filtered(
            lambda line: line.lot_id and line.quantity
        )
        with_ingredients = self._certificate_wanted() == "ingredients"
        return [
            self._delivered_certificate(lot, of_lot, with_ingredients)
            for lot, of_lot in lines.grouped("lot_id").items()
        ]

    def _delivered_certificate(self, lot, lines, with_ingredients):
        quantity = sum(lines.mapped("quantity_product_uom"))
        certificate = lot._certificate(with_ingredients, quantity)
        certificate["facts"].append((self.env._("Delivery"), self.name))
        if self.partner_id:
            customer = self.partner_id.commercial_partner_id.name
            certificate["facts"].append((self.env._("Customer"), customer))
        return certificate

    def _certificate_wanted(self):
        """Return what the customer wants: ``none``, ``batch`` or ``ingredients``."""
        partner = self.partner_id
        own = partner.batch_certificate
        return own or partner.commercial_partner_id.batch_certificate or "none"

    def action_print_certificates(self):
        """Print the certificates of all lots of this delivery."""
        self.check_access("read")
        if not self.move_line_ids.lot_id:
            raise UserError(self.env._("There are no batches here yet to certify."))
        report = self.env.ref("batch_tracking.stock_picking_certificate_report")
        return report.report_action(self)

    def _process_attachments_for_template_post(self, mail_template):
        """Attach the certificates to the mail that confirms a delivery."""
        # Core asks for this by name, and knows none for transfers yet.
        attachments = {}
        for picking in self:
            confirms = picking.company_id.stock_mail_confirmation_template_id
            if mail_template == confirms and picking._wants_certificates():
                attachments[picking.id] = {"attachments": picking._certificate_files()}
        return attachments

    def _wants_certificates(self):
        return (
            self.picking_type_id.code == "outgoing"
            and self._certificate_wanted() != "none"
            and bool(self.move_line_ids.lot_id)
        )

    def _certificate_files(self):
        """Return the certificates as ``[(file name, content in base64)]``.

        A delivery that is on its way is not stopped by a paper: what cannot be printed
        is noted on it.
        """
        reports = self.env["ir.actions.report"]
        name = self.env._("Certificates of %s", self.name).replace("/", "-")
        # sudo: whoever ships need not be allowed to read inspections
        try:
            content, kind = reports.sudo()._render_qweb_pdf(
                "batch_tracking.stock_picking_certificate_report", self.ids
            )
        except UserError as error:
            self._message_log(
                body=self.env._("The certificates could not be printed: %s", error)
            )
            return []
        return [(f"{name}.{kind}", base64.b64encode(content))]
