"""One puts lots under a disposition while another widens what that permits."""

from odoo.fields import Command

from .races import Part, Race, committed

PAUSE = 0.15  # seconds


class WidenRace(Race):
    """Each lot has a disposition that it is put under, which holds nothing until then.

    A quality manager of a company in which two people release widens it at that moment:
    alone, which is nobody's business as long as nothing is under it.

    :param bool is_late: widen it a moment after the lot was put under it; else before
    """

    def __init__(self, database, tries, is_late):
        super().__init__(database, tries)
        self.is_late = is_late
        with committed(database) as env:
            env.company.batch_release_four_eyes = True
            self.user_id = _quality_manager(env).id
            self.target_ids = [_target(env, lot_id).id for lot_id in self.lot_ids]

    def parts(self):
        targets = dict(zip(self.lot_ids, self.target_ids, strict=True))

        def put_under(env, goods):
            target = env["stock.lot.disposition"].browse(targets[goods.lot_id])
            env["stock.lot"].browse(goods.lot_id)._set_disposition(target, "Race")

        def widen(env, goods):
            env = env(user=self.user_id)
            target = env["stock.lot.disposition"].browse(targets[goods.lot_id])
            target.allow_deliver = True

        first, second = (0, PAUSE / 3) if self.is_late else (PAUSE / 3, 0)
        return [Part(put_under, first, PAUSE), Part(widen, second, PAUSE)]

    def outcomes(self):
        """Return ``{(whether a lot is under its target, whether that is wide)}``."""
        with committed(self.database) as env:
            lots = env["stock.lot"].browse(self.lot_ids)
            targets = env["stock.lot.disposition"].browse(self.target_ids)
            return {
                (lot.disposition_id == target, target.allow_deliver)
                for lot, target in zip(lots, targets, strict=True)
            }

    def clean_up(self):
        result = super().clean_up()
        with committed(self.database) as env:
            env.company.batch_release_four_eyes = False
            env["stock.lot.disposition"].browse(self.target_ids).exists().unlink()
            env["res.users"].browse(self.user_id).unlink()
        return result


def _quality_manager(env):
    right = env.ref("batch_tracking.group_quality_manager")
    return env["res.users"].create(
        {"name": "Racer", "login": "racer", "group_ids": [Command.set(right.ids)]}
    )


def _target(env, lot_id):
    return env["stock.lot.disposition"].create(
        {
            "name": f"Race to {lot_id}",
            "code": f"RACE-TO{lot_id}",
            "needs_quality_right": True,
        }
    )
