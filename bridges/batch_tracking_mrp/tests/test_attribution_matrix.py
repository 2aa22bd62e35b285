from odoo.exceptions import UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from .common import SerialCase


class MatrixCase(SerialCase):
    """Two pumps with two motors, seen as a matrix."""

    def wizard(self, pumps):
        return self.env["stock.lot.attribute"].create({"lot_ids": pumps.ids})

    def lines(self, wizard):
        return {line.lot_id.name: line for line in wizard.line_ids.consume_line_id}

    def key(self, wizard, component, unit):
        return f"{self.lines(wizard)[component].id}-{unit.id}"


@tagged("post_install", "-at_install")
class TestMatrix(MatrixCase):
    """The matrix and the list say the same."""

    def test_it_shows_units_components_and_their_shares(self):
        first, second = pumps = self.build()
        matrix = self.wizard(pumps).matrix
        self.assertEqual([unit["name"] for unit in matrix["units"]], ["FX1", "FX2"])
        [motors] = matrix["products"]
        self.assertEqual(
            [(column["name"], column["used"]) for column in motors["columns"]],
            [("CX1", 1), ("CX2", 1)],
        )
        self.assertEqual(motors["columns"][0]["units"], pumps.ids)
        shares = {int(unit): share for unit, share in motors["shares"].items()}
        self.assertEqual(shares, {first.id: 1, second.id: 1})
        self.assertEqual(matrix["cells"], {})

    def test_a_cell_is_a_row_of_the_list(self):
        first, second = pumps = self.build()
        wizard = self.wizard(pumps)
        cells = {self.key(wizard, "CX1", second): 1}
        wizard.matrix = {**wizard.matrix, "cells": cells}
        rows = {row.lot_id.name: row.unit_id for row in wizard.line_ids}
        self.assertEqual(rows, {"CX1": second, "CX2": self.env["stock.lot"]})
        wizard.apply()
        self.assertEqual(self.links(second)["CX1"], (1, "production", "exact"))
        self.assertEqual(self.links(first)["CX2"], (1, "production", "exact"))

    def test_what_was_scanned_is_in_the_matrix(self):
        pumps = self.build()
        wizards = self.env["stock.lot.attribute"].with_context(
            default_lot_ids=pumps.ids
        )
        with Form(wizards) as form:
            form.scanned = "FX2"
            form.scanned = "CX1"
            self.assertEqual(list(form.matrix["cells"].values()), [1])

    def test_more_than_was_used_is_refused(self):
        pumps = self.build()
        wizard = self.wizard(pumps)
        cells = {self.key(wizard, "CX1", pump): 1 for pump in pumps}
        wizard.matrix = {**wizard.matrix, "cells": cells}
        with self.assertRaisesRegex(UserError, "only 1.0 were used"):
            wizard.apply()

    def test_cells_of_something_else_are_refused(self):
        wizard = self.wizard(self.build())
        for key in ("x", "1-", "-1", "0-0", f"{2**31 - 1}-1"):
            with self.subTest(key), self.assertRaisesRegex(UserError, "out of date"):
                wizard.matrix = {**wizard.matrix, "cells": {key: 1}}


@tagged("post_install", "-at_install")
class TestMatrixTour(MatrixCase, HttpCase):
    """Somebody clicks and types in the matrix."""

    def test_click_type_and_move(self):
        first, second = self.build()
        groups = "stock.group_stock_manager,stock.group_production_lot,"
        groups += "mrp.group_mrp_user"
        new_test_user(self.env, login="fitter", groups=groups)
        order = self.env["mrp.production"].search([], limit=1, order="id desc")
        self.start_tour(
            f"/odoo/action-mrp.mrp_production_action/{order.id}",
            "batch_tracking_matrix",
            login="fitter",
            timeout=120,
        )
        self.assertEqual(self.links(second)["CX1"], (1, "production", "exact"))
        self.assertEqual(self.links(first)["CX2"], (1, "production", "exact"))
        event = self.motors[0].event_ids[0]
        self.assertEqual(event.reason, "Seen on the bench")
