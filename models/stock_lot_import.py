from collections import defaultdict

from odoo import api, models

from ..tools.gs1_batch import LONGEST, fits_gs1, is_gtin

NAMED = 5  # sentences that a notification holds
PRODUCT_COLUMNS = ("product_id", "product_id/id", "product_id/.id")
KNOWN_RECORD = ("id", ".id")


# Importing is a subject of its own, beside numbering.
class StockLot(models.Model):
    """Files of lots: every bad number is named before anything is loaded."""

    _inherit = "stock.lot"

    @api.model
    def load(self, fields, data):
        """Load lots, or name all numbers that cannot be loaded and load none.

        With the context key ``batch_skip_refused`` the other rows are loaded, and the
        refused ones come back as warnings.

        Parameters and result are those of core.
        """
        refused = self._refused_rows(fields, data)
        if not refused:
            return super().load(fields, data)
        if not self.env.context.get("batch_skip_refused"):
            messages = [self._row_message("error", *row) for row in refused.items()]
            return {"ids": False, "messages": messages, "nextrow": 0}
        kept = [row for row in range(len(data)) if row not in refused]
        result = super().load(fields, [data[row] for row in kept])
        self._shift_rows(result, kept)
        if self.env.context.get("import_file"):
            # The import screen takes every message for an error that blocked the file.
            self._tell_left_out(refused)
        else:
            result["messages"] += [
                self._row_message("warning", *row) for row in refused.items()
            ]
        return result

    def _tell_left_out(self, refused):
        """Tell the user which rows were left out, once the others are saved."""
        sentences = list(refused.values())
        message = self.env._(
            "Left out of the import: %(count)s. %(sentences)s",
            count=len(sentences),
            sentences=" ".join(sentences[:NAMED])
            + (" …" if len(sentences) > NAMED else ""),
        )
        self.env.user._bus_send(
            "simple_notification",
            {"type": "warning", "sticky": True, "message": message},
        )

    def _shift_rows(self, result, kept):
        """Let a result speak of the rows of the file again; ``kept`` were loaded."""
        for message in result["messages"]:
            rows = message.get("rows")
            if rows:
                message["rows"] = {end: kept[row] for end, row in rows.items()}
            if "record" in message:
                message["record"] = kept[message["record"]]
        if result.get("nextrow"):
            result["nextrow"] = kept[result["nextrow"]]

    def _row_message(self, kind, row, sentence):
        return {
            "type": kind,
            "message": sentence,
            "rows": {"from": row, "to": row},
            "record": row,
            "field": "name",
        }

    def _refused_rows(self, columns, data):
        """Return ``{index of the row: why its number cannot be loaded}``.

        Rows that change lots, and rows whose product is not found, are left to core.
        """
        product_column = next((c for c in PRODUCT_COLUMNS if c in columns), None)
        is_update = any(column in columns for column in KNOWN_RECORD)
        if is_update or "name" not in columns or not product_column:
            return {}
        name_at, product_at = columns.index("name"), columns.index(product_column)
        products = self._imported_products(
            product_column, {row[product_at] for row in data}
        )
        rows = {
            index: (products[row[product_at]], row[name_at])
            for index, row in enumerate(data)
            if row[name_at] and products.get(row[product_at])
        }
        return self._refused_numbers(rows)

    def _imported_products(self, column, texts):
        """Return ``{text of the column: product.product}`` where there is just one."""
        products = self.env["product.product"]
        if column == "product_id/.id":
            ids = {text: int(text) for text in texts if str(text).isdigit()}
            return {text: products.browse(id_).exists() for text, id_ in ids.items()}
        if column == "product_id/id":
            found = {text: self.env.ref(text, False) for text in texts if text}
            return {text: one for text, one in found.items() if one}
        found = {
            text: products.name_search(text, operator="=") for text in texts if text
        }
        return {
            text: products.browse(pairs[0][0])
            for text, pairs in found.items()
            if len(pairs) == 1
        }

    def _refused_numbers(self, rows):
        """Return why numbers cannot be given, by row.

        :param rows: ``{row: (product.product, number)}``
        """
        names = defaultdict(list)
        for product, name in rows.values():
            names[product].append(name)
        taken = {
            (product, name)
            for product, wanted in names.items()
            for name in self.env["ir.sequence"]._names_in_use(product, wanted)
        }
        strict = {
            product
            for product in names
            if is_gtin(product.barcode) and product._batch_sequence()
        }
        refused = {}
        for row, (product, name) in rows.items():
            sentence = self._number_fault(product, name, taken, strict)
            if sentence:
                refused[row] = sentence
            taken.add((product, name))
        return refused

    def _number_fault(self, product, name, taken, strict):
        if (product, name) in taken:
            return self._taken_message(product.id, name)
        if product in strict and not fits_gs1(name):
            return self.env._(
                "“%(number)s” does not fit a GS1 barcode, as batches of %(product)s "
                "must: at most %(longest)s letters, digits and common signs, no "
                "spaces.",
                number=name,
                product=product.display_name,
                longest=LONGEST,
            )
        return None
