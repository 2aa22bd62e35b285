"""The same work in two databases, with and without the addon, turn by turn.

Each side is a process of its own, so that neither holds the other's code.
"""

import importlib
import multiprocessing
import statistics
import time
from contextlib import ExitStack

from dev import paths

ROUNDS = 15
WARM_UP = 2


def compare(module, work, arguments, ours, core, *, rounds=ROUNDS):
    """Let both sides do the same work, in turns, and set them against each other.

    :param str module: name of the benchmark's module
    :param str work: name of its function ``(env, side, *arguments)``, which returns
        what is to be timed; ``side`` is "ours" or "core". All is rolled back.
    :param str ours: name of the database with the addon
    :param str core: name of the database without
    :return: dict: ``ratio`` (median of the ratios of pairs), ``queries`` (how many
        more ours needs), ``seconds`` (median of ours)
    """
    with ExitStack() as stack:
        sides = {
            "ours": stack.enter_context(Side("ours", ours, module)),
            "core": stack.enter_context(Side("core", core, module)),
        }
        pairs = [
            _pair(sides, (work, arguments), turn) for turn in range(WARM_UP + rounds)
        ]
    measured = pairs[WARM_UP:]
    return {
        "ratio": statistics.median(
            pair["ours"][0] / pair["core"][0] for pair in measured
        ),
        "queries": statistics.median(
            pair["ours"][1] - pair["core"][1] for pair in measured
        ),
        "seconds": statistics.median(pair["ours"][0] for pair in measured),
    }


def _pair(sides, work, turn):
    """Let both work once; who begins changes, so that neither always runs second."""
    names = list(sides) if turn % 2 else list(reversed(sides))
    return {name: sides[name].measure(work) for name in names}


class Side:
    """A process that works in one database."""

    def __init__(self, name, database, module):
        context = multiprocessing.get_context("spawn")
        self.connection, theirs = context.Pipe()
        self.process = context.Process(
            target=_serve, args=(name, database, module, theirs), daemon=True
        )

    def __enter__(self):
        self.process.start()
        return self

    def __exit__(self, *_error):
        self.process.terminate()
        self.process.join()

    def measure(self, work):
        """Return the seconds and queries of one turn."""
        self.connection.send(work)
        result = self.connection.recv()
        if isinstance(result, BaseException):
            raise result
        return result


def _serve(name, database, module, connection):
    from odoo import api
    from odoo.modules.registry import Registry
    from odoo.tools import config

    config.parse_config(["-c", str(paths.CONF), "-d", database])
    registry = Registry(database)
    benchmark = importlib.import_module(module)
    while True:
        work, arguments = connection.recv()
        try:
            with registry.cursor() as cr:
                env = api.Environment(cr, api.SUPERUSER_ID, {})
                prepared = getattr(benchmark, work)(env, name, *arguments)
                connection.send(_timed(env, prepared))
                cr.rollback()
        except Exception as error:  # the other process tells
            connection.send(RuntimeError(f"{name}: {error!r}"))


def _timed(env, work):
    env.flush_all()
    env.invalidate_all()
    queries, started = env.cr.sql_log_count, time.perf_counter()
    work()
    env.flush_all()
    return time.perf_counter() - started, env.cr.sql_log_count - queries
