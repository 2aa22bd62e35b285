from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from ...models.notice.exceptions import (
    NothingToPublishError,
    NoticeIncompleteError,
    PublishedError,
)
from ...models.recall.exceptions import RecallRightMissingError
from .notice_case import NoticeCase

PUBLIC = {"notice_consumer_phone": "0800 55", "notice_brand": "Lake"}


@tagged("post_install", "-at_install")
class TestNoticePublication(NoticeCase, HttpCase):
    """What the public reads without a log-in, and what it never reads."""

    def publication(self, recall, **values):
        return (
            self.env["stock.recall.publication"]
            .with_user(self.manager)
            .create({"recall_id": recall.id, "lang": "en_US", **values})
        )

    def published(self, **values):
        publication = self.publication(self.launch_complete(**PUBLIC), **values)
        publication.action_publish()
        return publication

    def visit(self, publication):
        return self.url_open(publication.sudo()._path())

    def test_everybody_reads_which_batches_and_nobody_s_name(self):
        page = self.visit(self.published())
        self.assertEqual(page.status_code, 200)
        for words in ("H-1", "H-2", "Salmonella", "0800 55", "Cease distribution"):
            self.assertIn(words, page.text)
        for secret in ("Lake Bistro", "Corner Market", "north", "M-1", "CP-1", "H-3"):
            self.assertNotIn(secret, page.text)

    def test_by_its_link_only_who_has_it(self):
        publication = self.published(access="link")
        page = self.visit(publication)
        self.assertEqual(page.status_code, 200)
        self.assertIn("noindex", page.headers["X-Robots-Tag"])
        token = publication.token
        self.assertGreaterEqual(len(token), 32)
        for path in (
            f"/recall/{publication.id}",
            f"/recall/notice/{token[:-1]}",
            f"/recall/notice/{token.swapcase()}",
            "/recall/notice/%25",
        ):
            with self.assertNoLogs("odoo.http", "WARNING"):
                self.assertEqual(self.url_open(path).status_code, 404, path)

    def test_what_was_published_stays_as_it_was(self):
        publication = self.published()
        publication.recall_id.hazard = "Something else"
        self.assertNotIn("Something else", self.visit(publication).text)
        for values in ({"html": "Eat it"}, {"access": "link"}, {"date_from": False}):
            with self.assertRaises(PublishedError):
                publication.write(values)
        with self.assertRaises(PublishedError):
            self.publication(publication.recall_id, html="Eat it")
        with self.assertRaises(AccessError):
            publication.unlink()

    def test_withdrawn_it_is_gone_and_on_record(self):
        publication = self.published()
        publication.action_withdraw()
        self.assertEqual(self.visit(publication).status_code, 404)
        self.assertEqual(publication.state, "withdrawn")
        self.assertIn("H-1", publication.html)
        with self.assertRaises(PublishedError):
            publication.action_publish()

    def test_a_draft_is_not_seen(self):
        publication = self.publication(self.launch_complete(**PUBLIC))
        self.assertEqual(self.url_open(f"/recall/{publication.id}").status_code, 404)

    def test_nobody_publishes_what_lacks_something(self):
        publication = self.publication(self.launch())
        with self.assertRaises(NoticeIncompleteError):
            publication.action_publish()

    def test_a_drill_is_not_published(self):
        publication = self.publication(self.launch(kind="drill"))
        with self.assertRaises(NothingToPublishError):
            publication.action_publish()

    def test_a_viewer_publishes_nothing(self):
        publication = self.publication(self.launch_complete(**PUBLIC))
        with self.assertRaises(RecallRightMissingError):
            publication.with_user(self.user("viewer")).action_publish()

    def test_it_stands_in_the_history(self):
        publication = self.published()
        events = self.env["stock.lot.event"].search(
            [("what", "=", "Public notice published")]
        )
        self.assertEqual(events.new_value, publication.url)

    def test_what_looks_like_a_program_stays_text(self):
        self.hummus.name = "<script>alert(1)</script>"
        page = self.visit(self.published())
        self.assertNotIn("<script>alert", page.text)

    def test_elsewhere_people_note_the_place(self):
        publication = self.published(channel="press", url="Ithaca Times, page 3")
        self.assertEqual(publication.state, "published")
        self.assertFalse(publication.token)
        self.assertEqual(self.url_open(f"/recall/{publication.id}").status_code, 404)
