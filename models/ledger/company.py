"""What is done stays with the company that did it."""

from .exceptions import DoneStaysError


def _is_done(document):
    return document.state == "done"


def check_company_stays(documents, vals, is_done=_is_done):
    """Refuse to say that another company has carried out what is done.

    Who did it could not read it any more, and who did not would correct it. Odoo itself
    may.

    :param documents: transfers, orders and the like
    :param dict vals: as for ``write``
    :param is_done: tells of a document whether anything of it was carried out
    :raises DoneStaysError: naming the document
    """
    if "company_id" not in vals or documents.env.su:
        return
    # sudo: what is done is found whatever the user may read
    for document in documents.sudo().filtered(is_done):
        if document.company_id.id != vals["company_id"]:
            raise DoneStaysError(document.with_env(documents.env), "company_id")
