from odoo import api, models


class StockLocation(models.Model):
    """A place knows the quarantine of its warehouse."""

    _inherit = "stock.location"

    def _nearest_quarantine(self):
        """Return the place of the same warehouse that holds what lies there, or none.

        One for recalled goods first, then the first by name.
        """
        self.ensure_one()
        places = self._quarantines(self.warehouse_id, self.company_id)
        return places.get((self.warehouse_id, self.company_id), self.browse())

    @api.model
    def _quarantines(self, warehouses, companies):
        """Return the quarantine that each company uses in each warehouse.

        :param warehouses: stock.warehouse; none: places outside of all
        :param companies: res.company
        :return: ``{(warehouse, company): place}``, without those that have none
        """
        # Searching does not compute what waits to be computed of many2many fields.
        self.flush_model(["imposed_disposition_ids"])
        restrictive = self.env["stock.lot.disposition"]._restrictive_ids()
        # sudo: who receives returns need not see where they are kept apart
        places = self.sudo().search(
            [
                ("usage", "=", "internal"),
                ("imposed_disposition_ids", "in", list(restrictive)),
                ("warehouse_id", "in", warehouses.ids or [False]),
                ("company_id", "in", [False, *companies.ids]),
            ],
            order="complete_name, id",
        )
        recalled = self.env["stock.lot"]._disposition("recalled")
        ranked = places.sorted(
            lambda place: recalled not in place.imposed_disposition_ids
        )
        found = {}
        for place in ranked.with_env(self.env):
            for company in place.sudo().company_id or companies or [companies]:
                found.setdefault((place.sudo().warehouse_id, company), place)
        return found
