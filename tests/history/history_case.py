"""What only tests do to a history: write one, seal it at once, and tamper with it."""

from contextlib import contextmanager

from odoo.tools import SQL

TABLES = ("stock_lot_event", "stock_lot_event_seal")


def write_events(env, lot, company, count):
    """Return ``count`` new events of ``lot``, as many changes of its number."""
    events = env["stock.lot.event"].sudo()
    return events.create(
        [
            events._note(
                lot,
                "number",
                "Number",
                f"N-{n}",
                f"N-{n + 1}",
                company_id=company.id,
            )
            for n in range(count)
        ]
    )


def seal(events):
    """Seal events as it happens after a commit, which a test never makes."""
    seals = events.env["stock.lot.event.seal"]
    for company, written in events.grouped("company_id").items():
        seals._seal(company.id, written.ids)


@contextmanager
def unlocked(cr):
    """Take away the railing, as somebody does who owns the database."""
    for table in TABLES:
        cr.execute(SQL("ALTER TABLE %s DISABLE TRIGGER USER", SQL.identifier(table)))
    yield
    for table in TABLES:
        cr.execute(SQL("ALTER TABLE %s ENABLE TRIGGER USER", SQL.identifier(table)))


def faults(env, company, batch=4):
    """Return the sentences of a check that reads ``batch`` seals at a time."""
    audit = env["stock.lot.event.audit"]
    sentences, last = [], (0, "0" * 64)
    while last:
        position = last
        last, faults_of_batch = audit._read(company.id, *position, batch)
        sentences += faults_of_batch
    _waiting, unsealed = audit._unsealed(company.id)
    return sentences + unsealed


def forget_lots(env, lots):
    """Delete committed lots and their history, so that later tests find none."""
    env.flush_all()
    with unlocked(env.cr):
        for query in (
            "DELETE FROM stock_lot_event_seal WHERE event_key IN"
            " (SELECT id FROM stock_lot_event WHERE lot_key = ANY(%s))",
            "DELETE FROM stock_lot_event WHERE lot_key = ANY(%s)",
        ):
            env.cr.execute(query, [lots.ids])
    env.invalidate_all()
    lots.unlink()
