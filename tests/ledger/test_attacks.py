from collections import Counter
from contextlib import contextmanager

from odoo.service.model import call_kw
from odoo.tests import tagged

from ...tools.movement import CONSUME, COUNT, DELIVER, MOVE, PURPOSES, RETURN, SCRAP
from ..dev_libraries import is_long_run
from .attack_case import AttackCase
from .attacks import (
    FORCED,
    REFUSALS,
    WAYS,
    attacks,
    methods,
    models_at_stake,
    models_that_move,
    shuffled,
)
from .waiting_documents import waiting_documents

#: Every attack is written by RPC; of the other ways, one in so many is tried, and each
#: in the long run.
ONE_IN = 12
#: How what is done without an attack on a field is called.
CALLED = "called"


def rows(all_attacks, seed):
    """Yield each attack with the ways in which it is tried."""
    for number, attack in enumerate(shuffled(all_attacks, seed)):
        for place, way in enumerate(WAYS):
            if way == "rpc" or is_long_run() or not (number + 2 * place) % ONE_IN:
                yield attack, way


class MatrixCase(AttackCase):
    """Tries rows of a matrix, each on the same scene."""

    @contextmanager
    def undone(self):
        """Undo whatever is done within it."""
        self.env.flush_all()
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all()

    def is_done(self, act):
        """Tell whether nobody has refused it; if so, it may have broken the savepoint.

        Only to be asked at the end of ``undone``: it takes no savepoint of its own.
        """
        try:
            act()
            self.env.flush_all()
        except REFUSALS:
            return False
        self.env.invalidate_all()
        return True

    def writing(self, attack, way):
        record = self.attacker(self.env[attack.model].browse(attack.record_id))
        return record is not None and self.is_done(lambda: WAYS[way](record, attack))

    def calling(self, records, method):
        mine = self.attacker(records)
        if mine is None:
            return False
        is_model = getattr(getattr(type(mine), method), "_api_model", False)
        arguments = [] if is_model else [mine.ids]
        return self.is_done(lambda: call_kw(mine.browse(), method, arguments, {}))


@tagged("post_install", "-at_install")
class TestEveryField(MatrixCase):
    """Whatever a person writes on whatever record, held goods are where they were."""

    def test_written_in_every_way(self):
        before, tried, holes = self.evidence(), Counter(), []
        all_attacks = list(attacks(self.env, self.pool))
        for attack, way in rows(all_attacks, 14):
            with self.undone():
                done = self.writing(attack, way)
                tried[way, done] += 1
                if different := self.differences(before) if done else None:
                    holes.append(f"{attack} by {way}: {different}")
        self.assertFalse(holes, "\n".join(["", *holes]))
        for way in WAYS:
            self.assertTrue(tried[way, True], f"nothing was written by {way}")
        by_rpc = tried["rpc", True] + tried["rpc", False]
        self.assertEqual(by_rpc, len(all_attacks), "each field of each model")
        fewest = len(all_attacks) * (len(WAYS) - 1) // ONE_IN
        self.assertGreaterEqual(tried.total() - by_rpc, fewest - len(WAYS))


@tagged("post_install", "-at_install")
class TestEveryDeletion(MatrixCase):
    """Whatever a person deletes, by whatever context, held goods are where they were.

    Of free goods as well, all that has moved is told by lines that are done.
    """

    def test_of_every_model(self):
        before, tried, holes = self.evidence(), Counter(), []
        for name in models_at_stake(self.env):
            for record in self.pool[name]:
                for user in (self.clerk, self.boss):
                    mine = record.with_user(user).sudo(False).with_context(**FORCED)
                    with self.undone():
                        done = self.is_done(mine.unlink)
                        tried[done] += 1
                        if different := self.differences(before) if done else None:
                            holes.append(f"{record} by {user.name}: {different}")
        self.assertFalse(holes, "\n".join(["", *holes]))
        self.assertTrue(tried[True], "nothing was deleted")
        self.assertTrue(tried[False], "nothing was refused")


@tagged("post_install", "-at_install")
class TestEveryPath(MatrixCase):
    """Path × permission × way: what a disposition forbids is done by no way.

    First with goods that are free, to know which ways lead anywhere; then each of these
    with each permission taken away, unnoticed: the goods stay in their transfers.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shelf, cls.bin = cls.env["stock.location"].create(
            [
                {"name": "Shelf", "location_id": cls.stock.id},
                {"name": "Bin", "usage": "inventory", "company_id": cls.company.id},
            ]
        )
        cls.uses = {
            cls.customers: DELIVER,
            cls.suppliers: RETURN,
            cls.chickpeas.property_stock_production: CONSUME,
            cls.bin: SCRAP,
            cls.shelf: MOVE,
            cls.chickpeas.property_stock_inventory: COUNT,
        }
        cls.corrected = cls.do_a_little_of_each()
        cls.prepare()
        cls.forbidding = {
            use: cls.env["stock.lot.disposition"].create(
                {
                    "name": f"No {use}",
                    "code": f"NO-{use}",
                    **{f"allow_{other}": other != use for other in PURPOSES},
                }
            )
            for use in PURPOSES
        }
        cls.env.flush_all()

    @classmethod
    def do_a_little_of_each(cls):
        """Return moves that are done: whoever corrects them moves goods as well."""
        moves = cls.env["stock.move"]
        for place, use in cls.uses.items():
            if use != COUNT:
                moves |= cls.bare_move(cls.fresh, 0.1, cls.stock, place)
        moves._action_done()
        return moves

    @classmethod
    def prepare(cls):
        """Make all that only waits for somebody to validate it."""
        waiting = cls.env["stock.picking"]
        for place, use in cls.uses.items():
            if use != COUNT:
                waiting |= cls.wait_for(place)
        waiting |= cls.wait_for(cls.customers, found=True)
        quant = cls.fresh.quant_ids.filtered(lambda each: each.location_id == cls.stock)
        quant.with_context(inventory_mode=True).inventory_quantity = 1
        scrap = cls.env["stock.scrap"].create(
            {
                "product_id": cls.chickpeas.id,
                "lot_id": cls.fresh.id,
                "scrap_qty": 1,
                "location_id": cls.stock.id,
                "scrap_location_id": cls.bin.id,
            }
        )
        cls.pool = {
            **cls.pool,
            "stock.picking": waiting,
            "stock.move": waiting[:1].move_ids | cls.corrected,
            "stock.move.line": waiting[:1].move_line_ids | cls.corrected.move_line_ids,
            "stock.quant": quant | cls.pool["stock.quant"],
            "stock.scrap": scrap,
            **waiting_documents(cls),
        }
        if "mrp.production" in cls.env:
            cls.of_apps = (cls.user("maker", "mrp.group_mrp_user"),)

    @classmethod
    def wait_for(cls, place, found=False):
        """Return a transfer of the batch to a place, picked and ready.

        :param found: it comes from inventory loss, and calls itself a count
        """
        loss = cls.chickpeas.property_stock_inventory
        source = loss if found else cls.stock
        picking = cls.transfer(cls.warehouse.out_type_id, source, place, cls.market)
        move = cls.add_move(picking, cls.chickpeas, 1)
        move.is_inventory = found
        picking.action_confirm()
        picking.do_unreserve()
        cls.add_line(move, cls.fresh, 1)
        picking.move_ids.picked = True
        return picking

    def test_what_is_forbidden_is_done_by_no_path_in_no_way(self):
        before = self.lying()
        paths, tried = [], Counter()
        for path in self.paths():
            tried[path[1]] += 1
            if uses := self.uses_of(path, before):
                paths.append((path, uses))
        self.assertEqual(
            set().union(*(uses for _path, uses in paths)),
            {*PURPOSES},
            "all are reached",
        )
        self.assert_covered(paths, tried)
        holes, refused = [], Counter()
        for use, disposition in self.forbidding.items():
            self.hold_unnoticed(disposition)
            for path, uses in paths:
                now = self.uses_of(path, before)
                refused[use] += use in uses
                if use in now:
                    holes.append(f"{path} though “{use}” is forbidden")
                elif path[1] == CALLED and len(uses) == 1 and now != uses - {use}:
                    holes.append(f"{path} is refused though only “{use}” is forbidden")
        self.assertFalse(holes, "\n".join(["", *holes]))
        for use in PURPOSES:
            self.assertTrue(refused[use], f"nothing was tried against “{use}”")

    def paths(self):
        """Yield ``(what, way)`` of whatever could be done.

        ``what`` is an ``Attack`` or, for what is called, records and a method.
        """
        names = models_that_move(self.env)
        for name in names:
            for method in methods(self.env, name):
                for records in self.called_on(name):
                    yield (records, method), CALLED
        yield from rows(attacks(self.env, self.pool, names, most=6), 15)

    def called_on(self, name):
        """Return the records on which a method is called: each that waits by itself."""
        if name == "stock.picking" and not is_long_run():
            # All of them by one call, and by themselves the one to the customer and
            # the one that calls itself a count.
            return [self.pool[name], self.pool[name][:1], self.pool[name][-1:]]
        if name == "stock.picking":
            return list(self.pool[name])
        return [self.pool[name][:1]] if self.pool[name] else []

    def uses_of(self, path, before):
        """Return what the batch has been used for if somebody walks a path."""
        what, way = path
        with self.undone():
            done = self.calling(*what) if way == CALLED else self.writing(what, way)
            return self.moved(before) if done else set()

    def assert_covered(self, paths, tried):
        """No way is left out, and methods and writes both lead to where goods go."""
        for way in (CALLED, *WAYS):
            self.assertTrue(tried[way], f"nothing was tried by {way}")
        called = {what[0]._name for (what, way), _uses in paths if way == CALLED}
        documents = {"stock.picking", "stock.scrap", "mrp.production", "repair.order"}
        self.assertLessEqual(documents & {*self.pool}, called)
        leading = {way for (_what, way), _uses in paths}
        self.assertLessEqual({CALLED, "rpc"}, leading)

    def hold_unnoticed(self, disposition):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE stock_lot SET disposition_id = %s WHERE id = %s",
            [disposition.id, self.fresh.id],
        )
        self.env.invalidate_all()

    def lying(self):
        """Return how much of the batch lies where it went to, by what that was for."""
        found = Counter()
        for (_lot, place, _owner), amount in self.amounts(self.fresh).items():
            found[self.uses.get(self.env["stock.location"].browse(place))] += amount
        return found

    def moved(self, before):
        now = self.lying()
        return {use for use in PURPOSES if now[use] > before[use]}
