"""Real processes with real connections, for what one transaction cannot show."""

import multiprocessing
import signal
import time
import traceback

from odoo import sql_db
from odoo.modules.registry import Registry

PAUSE = 0.01  # seconds
ENDS = (0, -signal.SIGKILL)


def in_processes(database, work, arguments):
    """Run ``work(registry, *args)`` for each of ``arguments``, all at once.

    A process that kills itself is one of the things to be tested and gives no result;
    any other end before its time is an error.

    :param str database: name; what the processes need of it must be committed
    :return: list of what the processes return, in the order they finish
    :raises AssertionError: with the traceback of the first process that failed
    """
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    workers = [
        context.Process(target=_work, args=(database, queue, work, args))
        for args in arguments
    ]
    for worker in workers:
        worker.start()
    results, failures = [], []
    # Read while they work: a full queue would make them wait for us forever.
    while any(worker.is_alive() for worker in workers) or not queue.empty():
        if queue.empty():
            time.sleep(PAUSE)
            continue
        outcome, value = queue.get()
        (results if outcome else failures).append(value)
    silent = [worker for worker in workers if worker.exitcode not in ENDS]
    failures += [f"{worker.name} ended with {worker.exitcode}" for worker in silent]
    if failures:
        raise AssertionError("\n".join(failures))
    return results


def _work(database, queue, work, args):
    try:
        queue.put((True, work(_with_own_connections(database), *args)))
    except BaseException:  # whatever it was, the parent tells
        queue.put((False, traceback.format_exc()))


def _with_own_connections(database):
    """Return the registry in a forked process, with connections of its own.

    The parent's stay referenced: letting go of one would end it for the parent too.
    """
    registry = Registry(database)
    registry.inherited = (sql_db._Pool, registry._db)
    sql_db._Pool = None
    registry._db = sql_db.db_connect(database)
    return registry
