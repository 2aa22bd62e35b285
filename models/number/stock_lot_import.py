from odoo import api, models

from ...tools.gs1.batch import LONGEST, fits_gs1, is_gtin
from ...tools.ids import ids_in
from ..base.characters import check_characters
from ..base.exceptions import UnseenCharacterError
from .exceptions import NumberTakenError

NAMED = 5  # messages that a notification holds
#: How a column may name a record: by name, external id or database id.
WAYS = ("", "/id", "/.id")
KNOWN_RECORD = ("id", ".id")


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
        if self.env.context.get("batch_skip_refused") is not True:
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
        messages = list(refused.values())
        message = self.env._(
            "Left out of the import: %(count)s. %(sentences)s",
            count=len(messages),
            sentences=" ".join(messages[:NAMED])
            + (" …" if len(messages) > NAMED else ""),
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

    def _row_message(self, kind, row, message):
        return {
            "type": kind,
            "message": message,
            "rows": {"from": row, "to": row},
            "record": row,
            "field": "name",
        }

    def _refused_rows(self, columns, data):
        """Return ``{index of the row: why its number cannot be loaded}``.

        Rows that change lots, and rows whose product is not found, are left to core.
        """
        product_column = self._column_of("product_id", columns)
        is_update = any(column in columns for column in KNOWN_RECORD)
        if is_update or "name" not in columns or not product_column:
            return {}
        products = self._imported_records(
            "product.product", product_column, columns, data
        )
        companies = [product.company_id for product in products]
        company_column = self._column_of("company_id", columns)
        if company_column:
            companies = self._imported_records(
                "res.company", company_column, columns, data
            )
        names = [row[columns.index("name")] for row in data]
        rows = {
            index: (product, name, company)
            for index, (product, name, company) in enumerate(
                zip(products, names, companies, strict=True)
            )
            if product and name
        }
        return self._refused_numbers(rows)

    @api.model
    def _column_of(self, name, columns):
        """Return the column that tells ``name``, in whichever way, or None."""
        return next((name + way for way in WAYS if name + way in columns), None)

    def _imported_records(self, model, column, columns, data):
        """Return the records that a column names, row by row; none if not just one."""
        position = columns.index(column)
        texts = [row[position] for row in data]
        records = {
            text: self._imported_record(model, column, text)
            for text in set(texts)
            if text
        }
        return [records.get(text, self.env[model]) for text in texts]

    def _imported_record(self, model, column, text):
        records = self.env[model]
        if column.endswith("/.id"):
            return records.browse(ids_in(str(text))[:1]).exists()
        if column.endswith("/id"):
            return self.env.ref(text, raise_if_not_found=False) or records
        pairs = [] if "\0" in str(text) else records.name_search(text, operator="=")
        return records.browse(pairs[0][0]) if len(pairs) == 1 else records

    def _refused_numbers(self, rows):
        """Return why numbers cannot be given, by row.

        :param rows: ``{row: (product.product, number, res.company or none)}``
        """
        refused = self._unreadable_numbers(rows)
        rows = {row: what for row, what in rows.items() if row not in refused}
        indexes = list(rows)
        wanted = [
            (product.id, number, company.id or None)
            for product, number, company in rows.values()
        ]
        taken = {indexes[position] for position in self._clashing_numbers(wanted)}
        products = {product for product, _number, _company in rows.values()}
        strict = set(filter(_fits_gs1_only, products))
        for row, (product, number, _company) in rows.items():
            message = self._number_refusal(product, number, row in taken, strict)
            if message:
                refused[row] = message
        return refused

    def _unreadable_numbers(self, rows):
        """Return what is said of numbers with a character that nobody sees, by row."""
        refused = {}
        for row, (_product, number, _company) in rows.items():
            try:
                check_characters(self, [{"name": number}], ("name",))
            except UnseenCharacterError as error:
                refused[row] = str(error)
        return refused

    def _number_refusal(self, product, name, is_taken, strict):
        if is_taken:
            return str(NumberTakenError(product, name))
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


def _fits_gs1_only(product):
    """Tell whether the product's numbers must fit a GS1 barcode."""
    return is_gtin(product.barcode) and product._batch_sequence()
