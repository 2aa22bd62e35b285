"""What batch numbers call products, categories and attribute values."""

import re

from odoo.exceptions import ValidationError

from ...tools.number.fields import CODE


def check_batch_code(records):
    """Refuse codes that could not be read back out of a number.

    :param records: product.template, product.category or product.attribute.value
    """
    for record in records.filtered("batch_code"):
        if not re.fullmatch(CODE, record.batch_code):
            raise ValidationError(
                record.env._(
                    "The batch code “%(code)s” of %(owner)s has characters other than "
                    "letters and digits: numbers with it could not be read back.",
                    code=record.batch_code,
                    owner=record.display_name,
                )
            )
