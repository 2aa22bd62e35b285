import re
import time

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.history.chain import GENESIS
from ..base.deletion import guards_deletion
from ..base.groups import QUALITY_MANAGER
from ..base.ids import check_one
from ..base.job import JobRun

#: Seals that are read at once.
READ_BATCH = 5_000
#: A check that takes longer than this goes on in the background.
PATIENCE = 5  # seconds
#: Who changed one row may have changed a million: so many are named.
NAMED = 20
MANAGERS = ("stock.group_stock_manager", QUALITY_MANAGER)
HEAD = re.compile(r"^\s*(\d+)[\s:]+([0-9a-f]{64})\s*$")


class StockLotEventCheck(models.Model):
    """A check of a company's history against its seals, and what it found.

    It reads every event once, a few thousand at a time, and keeps the *head* that it
    ended at: number and hash of the last seal. A head that was kept elsewhere, on paper
    or in a mail, shows whether the history up to it is still the same.
    """

    _name = "stock.lot.event.check"
    _description = "Check of the History"
    _order = "id desc"
    _rec_name = "date_start"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    user_id = fields.Many2one("res.users", "Checked by", readonly=True)
    known_head = fields.Char(
        "Head you kept",
        help="Number and seal that an earlier check ended at, as you printed or copied "
        "it. Leave empty if you have none.",
    )
    state = fields.Selection(
        [
            ("draft", "Not started"),
            ("running", "Running"),
            ("intact", "Intact"),
            ("tampered", "Tampered with"),
        ],
        default="draft",
        readonly=True,
    )
    date_start = fields.Datetime("Started", readonly=True)
    date_end = fields.Datetime("Ended", readonly=True)
    total = fields.Integer("Seals to check", readonly=True)
    number = fields.Integer("Events checked", readonly=True)
    hash = fields.Char("Seal of the last event", readonly=True)
    waiting = fields.Integer(
        "Not sealed yet", readonly=True, help="Events of the last moments."
    )
    fault_count = fields.Integer("Faults", readonly=True)
    faults = fields.Text("What was found", readonly=True)
    head = fields.Char(
        compute="_compute_head", help="Keep it outside of this database."
    )
    progress = fields.Float(compute="_compute_progress")

    @api.depends("number", "hash")
    def _compute_head(self):
        for check in self:
            check.head = f"{check.number} {check.hash}" if check.number else False

    @api.depends("number", "total")
    def _compute_progress(self):
        for check in self:
            check.progress = 100 * check.number / check.total if check.total else 0

    @api.model_create_multi
    def create(self, vals_list):
        # Only the question is the caller's, never what was found.
        asked = ("company_id", "known_head")
        questions = [
            {key: vals[key] for key in asked if key in vals} for vals in vals_list
        ]
        names = self._fields.keys() - {*asked, "id"}
        clean = {k: v for k, v in self.env.context.items() if k[8:] not in names}
        plain = self.with_env(self.env(context=clean))
        return super(StockLotEventCheck, plain).create(questions)

    def write(self, vals):
        if not self.env.su and vals.keys() - {"known_head"}:
            raise AccessError(self.env._("What a check found is written by the check."))
        if "known_head" in vals and self.filtered(lambda check: check.state != "draft"):
            raise UserError(self.env._("This check was done. Start a new one."))
        return super().write(vals)

    # -- doing it

    def action_check(self):
        """Read the whole history; a long one goes on in the background."""
        check_one(self)
        self._check_may_check()
        if self.state != "draft":
            raise UserError(self.env._("This check was done. Start a new one."))
        self._parse_head()
        # sudo: what a check found is nobody's to write
        check = self.sudo()
        check.write(check._prepare_start())
        if not check._go_on(PATIENCE):
            cron = self.env.ref("batch_tracking.ir_cron_check_events").sudo()
            cron._trigger()

    def _prepare_start(self):
        """Return what is written when a check begins, as superuser."""
        seals = self.env["stock.lot.event.seal"]
        return {
            "state": "running",
            "user_id": self.env.uid,
            "date_start": fields.Datetime.now(),
            "hash": GENESIS,
            "total": seals._head(self.company_id.id)[0],
        }

    def _check_may_check(self):
        self.check_access("read")
        if self.env.su or any(map(self.env.user.has_group, MANAGERS)):
            return
        raise AccessError(
            self.env._("Ask a quality manager or a stock manager to check the history.")
        )

    def _parse_head(self):
        """Return number and hash of ``known_head``, None without one."""
        if not (self.known_head or "").strip():
            return None
        match = HEAD.match(self.known_head)
        if not match:
            raise UserError(
                self.env._(
                    "“%s” is no head of a history: that is a number, a space, and 64 "
                    "characters of 0-9 and a-f.",
                    self.known_head,
                )
            )
        return int(match[1]), match[2]

    @api.model
    def _cron_check(self):
        """Go on with checks that take long; every batch is committed."""
        job = JobRun(self.env, "batch_tracking.ir_cron_check_events")
        while running := self._running(job):
            if not job.do(
                running[0],
                lambda check: check._go_on(0),
                size=1,
                beyond=lambda: self._left(job),
            ):
                return

    @api.model
    def _running(self, job):
        """Return what is to be gone on with, but for what ``job`` has set aside."""
        return self.search(
            [("state", "=", "running"), ("id", "not in", job.set_aside())], order="id"
        )

    @api.model
    def _left(self, job):
        """Return how many seals are to be read, and ends to be written."""
        return sum(max(1, check.total - check.number) for check in self._running(job))

    def _go_on(self, seconds):
        """Read on for some seconds, at least one batch; tell whether that was all."""
        until = time.monotonic() + seconds
        while self._read_batch():
            if time.monotonic() >= until:
                return False
        self._finish()
        return True

    def _read_batch(self):
        """Check the next seals; tell whether there were any."""
        last, faults = self.env["stock.lot.event.audit"]._read(
            self.company_id.id, self.number, self.hash, READ_BATCH
        )
        self._add(faults)
        if last:
            self.number, self.hash = last
        return bool(last)

    def _add(self, faults):
        if not faults:
            return
        named = (self.faults or "").splitlines()
        named += faults[: max(0, NAMED - len(named))]
        self.write(
            {
                "fault_count": self.fault_count + len(faults),
                "faults": "\n".join(named),
            }
        )

    def _finish(self):
        audit = self.env["stock.lot.event.audit"]
        waiting, faults = audit._unsealed(self.company_id.id)
        self._add(faults)
        self._add(audit._lost_heads(self.company_id.id, self._heads()))
        self.write(
            {
                "state": "tampered" if self.fault_count else "intact",
                "waiting": waiting,
                "date_end": fields.Datetime.now(),
            }
        )

    def _heads(self):
        """Return the heads that the history must still have: ``[(number, hash)]``."""
        earlier = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("intact", "tampered")),
                ("number", ">", 0),
            ]
        )
        heads = [(check.number, check.hash) for check in earlier]
        return [*filter(None, [self._parse_head()]), *heads]

    @guards_deletion
    def _unlink_except_draft(self):
        # what was found, and the head it ended at, is evidence
        if self.filtered(lambda check: check.state != "draft"):
            raise UserError(self.env._("Checks of the history are kept."))
