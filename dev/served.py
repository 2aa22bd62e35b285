"""Work a recall of the demonstration as `make demo` serves it: `make served`.

A copy of the demonstration is served, with a mail server of its own. A recall manager
launches a recall and sends its notices in one browser; the consignees open the links of
the mails that came in another one, without an account, on a telephone. Inside tests
Odoo sends nothing and runs no jobs: here it does.
"""

import importlib.util
import os
import re
import signal
import socket
import time
from contextlib import contextmanager
from datetime import date, timedelta

from dev import browser, databases, demo, environment, paths, server, shots
from dev.console import DevError, say, step
from dev.recalls import LETTER
from dev.story import SUSPECT

MAIL_SERVER = paths.ROOT / "tests" / "notice" / "smtp_server.py"
LOG = paths.LOG / "served.log"
REASON = "Stones found in a sack of chickpeas"
SECONDS = 60
WIDE = {"width": 1400, "height": 900}
PHONE = {"width": 375, "height": 667}
LINK = re.compile(r'href="([^"]+/recall/[^"]+)"')
WIDTH = "document.documentElement.scrollWidth"
CONFIRM = ".modal:has-text('{text}') .modal-footer .btn-primary"


def work():
    """Work the recall, and say what came of it."""
    from playwright.sync_api import sync_playwright

    with environment.lock():
        server.stop()
        environment.ensure()
        executable = browser.ensure()
        demo.tell()
        with (
            databases.disposable(demo.DATABASE, "served") as database,
            _mail_box() as box,
            _served(database) as address,
            sync_playwright() as playwright,
        ):
            chromium = playwright.chromium.launch(executable_path=str(executable))
            _Recall(chromium, address, database, box).work()
            chromium.close()


@contextmanager
def _mail_box():
    spec = importlib.util.spec_from_file_location("smtp_server", MAIL_SERVER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    box = module.MailBox()
    try:
        yield box
    finally:
        box.close()


@contextmanager
def _served(database):
    with socket.socket() as probe:
        probe.bind((server.HOST, 0))
        port = probe.getsockname()[1]
    process = server.launch(database, port, LOG)
    address = f"http://localhost:{port}"
    try:
        with step("Starting the server"):
            server.wait(process, address, LOG)
        yield address
    finally:
        os.kill(process.pid, signal.SIGTERM)
        process.wait()


class _Recall:
    """One recall, from the suspicion to the answers."""

    def __init__(self, chromium, address, database, box):
        self.chromium, self.address, self.box = chromium, address, box
        self.manager = self._context(WIDE)
        login = {"db": database, "login": "admin", "password": "admin"}
        shots.call(self.manager, "/web/session/authenticate", login)
        self.page = self.manager.new_page()

    def work(self):
        self.prepare()
        recall_id = self.launch()
        self.send(recall_id)
        letters = self.receive(recall_id)
        self.answer(letters)
        self.look(recall_id, len(letters))

    def _context(self, size):
        context = self.chromium.new_context(base_url=self.address, viewport=size)
        context.set_default_timeout(SECONDS * 1000)
        return context

    def call(self, model, method, *args, **kwargs):
        call = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return shots.call(self.manager, "/web/dataset/call_kw", call)

    def prepare(self):
        """Have mails leave by the mail server, with links that lead here."""
        host = {"smtp_host": server.HOST, "smtp_port": self.box.port, "sequence": -1}
        self.call("ir.mail_server", "create", [{"name": "Served", **host}])
        for key, value in (
            ("web.base.url", self.address),
            ("web.base.url.freeze", "True"),
        ):
            self.call("ir.config_parameter", "set_param", key, value)

    def launch(self):
        """Launch a recall of the suspect batch, from its page; return its id."""
        [lot_id] = self.call("stock.lot", "search", [["name", "=", SUSPECT]])
        self.page.goto(f"/odoo/batches/{lot_id}")
        self.page.locator("button[name=action_recall]").first.click()
        reason = self.page.locator("[name=reason] textarea")
        reason.fill(REASON)
        reason.press("Tab")  # who leaves the field is shown the button that launches
        self.page.locator("[data-figure=worst-lots]").first.wait_for()
        self.page.locator("button[name=launch].btn-danger").first.click()
        self.page.locator(CONFIRM.format(text="Launch the recall?")).click()
        self.page.locator("button[name=action_approve_notices]").wait_for()
        return self.call("stock.recall", "search", [["reason", "=", REASON]])[0]

    def send(self, recall_id):
        """Say what the notices are to say, approve them and send them."""
        until = str(date.today() + timedelta(days=7))
        letter = {**LETTER, "notice_reply_by": until, "hazard": f"{REASON}."}
        self.call("stock.recall", "write", [recall_id], letter)
        self.page.goto(f"/odoo/recalls/{recall_id}")
        for name in ("action_approve_notices", "action_send_notices"):
            self.page.locator(f"button[name={name}]").first.click()
            self.page.locator(".modal-footer .btn-primary").click()
            self.page.locator(".modal").first.wait_for(state="detached")

    def receive(self, recall_id):
        """Wait for the mails; return ``{address: link}`` as they came."""
        mine = [["recall_id", "=", recall_id], ["channel", "=", "mail"]]
        expected = self.call("stock.recall.notice", "search_count", mine)
        mails = self.wait_for_mails(self.name_of(recall_id), expected)
        letters = {str(mail["To"]): _link(mail) for mail in mails}
        if len(letters) != expected or len(mails) != expected:
            raise DevError("Somebody was told twice, or not at all.")
        foreign = [url for url in letters.values() if not url.startswith(self.address)]
        if foreign:
            raise DevError(f"A link leads elsewhere: {foreign[0]}")
        return letters

    def wait_for_mails(self, name, expected):
        """Return the mails of a recall as soon as all have come."""
        deadline = time.monotonic() + SECONDS
        while True:
            mails = [mail for mail in self.box.messages if name in mail["Subject"]]
            if len(mails) >= expected:
                return mails
            if time.monotonic() > deadline:
                raise DevError(f"{len(mails)} of {expected} mails came. See {LOG}.")
            time.sleep(0.5)

    def name_of(self, recall_id):
        [recall] = self.call("stock.recall", "read", [recall_id], ["name"])
        return recall["name"]

    def answer(self, letters):
        """Answer all of them on a telephone, without an account."""
        for place, link in enumerate(letters.values()):
            phone = self._context(PHONE)
            page = phone.new_page()
            page.goto(link)
            page.locator(".o_recall_page").wait_for()
            if page.evaluate(WIDTH) > PHONE["width"]:
                raise DevError(f"The page is {page.evaluate(WIDTH)} pixels wide.")
            if place:
                page.locator("button[value=none_left]").click()
            else:
                self.fill_in(page)
            page.locator(".o_recall_kept .alert-success").wait_for()
            phone.close()

    def fill_in(self, page):
        """Tell that all of it is still there."""
        for batch in page.locator(".o_recall_batch").all():
            received = batch.get_attribute("data-received")
            batch.locator("[data-quantity=on_hand]").fill(received)
        page.locator("[name=contact_name]").fill("Store manager")
        page.locator("button[value=told]").click()

    def look(self, recall_id, expected):
        """Look what the recall says now, and whether its report can be read."""
        self.page.goto(f"/odoo/recalls/{recall_id}")
        shown = self.page.locator("[name=answer_count] .o_stat_value").first
        shown.wait_for()
        if int(shown.inner_text()) != expected:
            raise DevError(f"{shown.inner_text()} of {expected} answers are kept.")
        report = f"/report/html/batch_tracking.report_stock_recall_status/{recall_id}"
        answer = self.manager.request.get(report)
        if not answer.ok or REASON not in answer.text():
            raise DevError(f"The report cannot be read: {answer.status}")
        name = self.name_of(recall_id)
        say(f"{name}: {expected} mails came, {expected} answers were kept.")


def _link(mail):
    part = mail.get_body(preferencelist=("html",))
    found = LINK.search(part.get_content()) if part else None
    if not found:
        raise DevError(f"There is no link in the mail to {mail['To']}.")
    return found[1]
