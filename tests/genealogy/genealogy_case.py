from ..common import KitchenCase


class GenealogyCase(KitchenCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.genealogy = cls.env["stock.lot.genealogy"]
        cls.traces = cls.env["stock.lot.trace"]

    def names(self, lots, direction):
        levels = self.genealogy._levels(lots, direction)
        lot = self.env["stock.lot"].browse
        return {lot(lot_id).name: level for lot_id, level in levels.items()}

    def link(self, parent, child, quantity=1):
        return self.env["stock.lot.link"].create(
            {
                "parent_lot_id": parent.id,
                "child_lot_id": child.id,
                "parent_quantity": quantity,
                "child_quantity": quantity,
                "kind": "production",
                "attribution": "exact",
                "company_id": self.company.id,
            }
        )
