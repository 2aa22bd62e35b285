"""Every link of a move or a line that our figures read is evidence once it is done."""

import re
from pathlib import Path

from odoo.modules.module import get_module_path
from odoo.tests import tagged

from ...models.ledger.stock_move_evidence import FIXED_FIELDS
from ...models.ledger.stock_move_line import EVIDENCE_FIELDS
from ..common import KitchenCase

#: What the code names that tells nothing of what was moved, and why.
NO_EVIDENCE = {
    "stock.move": {
        "location_final_id": "where goods were to go on; they moved by lines",
        "move_dest_ids": "what was to follow; it moved by its own lines",
        "operation_id": "of a bill of materials: a plan",
        "picking_type_id": "how it is worked; what moved is told by the places",
        "planned_by_id": "who planned it: it counts until it is done",
        "product_uom": "lines say their own, and core refuses it of done moves",
        "recall_id": "said by methods alone (remedy room)",
        "recall_row_id": "said by methods alone (remedy room)",
        "replaced_move_id": "said by methods alone (remedy room)",
        "reference_ids": "what it was asked for by; what it was for is told by itself",
        "restrict_partner_id": "whose goods were to be taken; lines say whose were",
        "rule_id": "why it was planned",
        "scrap_id": "its document; what was scrapped is told by the places",
        "warehouse_id": "for whom it was planned",
    },
    "stock.move.line": {
        "planned_by_id": "who planned it: it counts until it is done",
        "production_id": "that of the move is read",
        "workorder_id": "that of the move is read",
    },
}


@tagged("post_install", "-at_install")
class TestLinksAreEvidence(KitchenCase):
    """Stored links are enumerated from the registry, those that count by our code."""

    def words(self):
        """Return all words in the code of models and tools, those of bridges too."""
        found = set()
        for name in self.env.registry._init_modules:
            if name.startswith("batch_tracking"):
                root = Path(get_module_path(name))
                for folder in ("models", "tools", "report"):
                    for path in (root / folder).rglob("*.py"):
                        found.update(re.findall(r"[a-z_]+", path.read_text()))
        return found

    def links(self, model):
        """Return the names of the links of a model that somebody could write."""
        return {
            field.name
            for field in self.env[model]._fields.values()
            if field.type in ("many2one", "many2many")
            and field.store
            and not field.related
            and field.name not in ("create_uid", "write_uid")
        }

    def check(self, model, known):
        read = self.links(model) & self.words()
        self.assertTrue(read & set(known), "none was found at all")
        unknown = read - set(known) - NO_EVIDENCE[model].keys()
        self.assertFalse(unknown, f"of {model}: evidence, or why not?")
        stale = NO_EVIDENCE[model].keys() & set(known)
        self.assertFalse(stale, "is evidence, and said to be none")

    def test_of_moves(self):
        told = self.env["stock.move"]._told_fields()
        self.check("stock.move", {*FIXED_FIELDS, *told})

    def test_of_lines(self):
        self.check("stock.move.line", EVIDENCE_FIELDS | {"company_id"})
