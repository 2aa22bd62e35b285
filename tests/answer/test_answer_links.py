from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import config

from ...models.answer.stock_recall_visit import MOST
from .answer_case import AnswerCase


@tagged("post_install", "-at_install")
class TestAnswerLinks(AnswerCase):
    """Links that let people answer, and how often they may be tried."""

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.tokens = self.env["stock.recall.token"]

    def test_a_link_finds_its_consignee(self):
        text = self.tokens._issue(self.recall, self.market)
        found = self.tokens._find(text)
        self.assertEqual(
            (found.recall_id, found.partner_id), (self.recall, self.market)
        )

    def test_each_is_another_and_all_work(self):
        texts = {self.tokens._issue(self.recall, self.market) for _time in range(20)}
        self.assertEqual(len(texts), 20)
        self.assertTrue(all(map(self.tokens._find, texts)))

    def test_the_database_does_not_know_it(self):
        text = self.tokens._issue(self.recall, self.market)
        self.env.flush_all()
        self.env.cr.execute("SELECT * FROM stock_recall_token")
        self.assertNotIn(text, str(self.env.cr.fetchall()))

    def test_a_wrong_one_finds_nothing(self):
        text = self.tokens._issue(self.recall, self.market)
        stored = self.tokens._find(text).hash
        for wrong in ("", None, "x", text[:-1], text + "x", stored, "é" * 43, "%" * 43):
            self.assertFalse(self.tokens._find(wrong))

    def test_nobody_reads_them(self):
        self.tokens._issue(self.recall, self.market)
        with self.assertRaises(AccessError):
            self.tokens.with_user(self.manager).search_read([], ["hash"])

    def test_it_expires(self):
        token = self.tokens._find(self.tokens._issue(self.recall, self.market))
        self.assertFalse(token._is_expired())
        token.date_expire = fields.Datetime.now() - timedelta(seconds=1)
        self.assertTrue(token._is_expired())

    def test_so_many_requests_are_welcome_and_no_more(self):
        visits = self.env["stock.recall.visit"]
        for _time in range(MOST["token"]):
            self.assertTrue(visits._is_welcome("token", "one"))
        self.assertFalse(visits._is_welcome("token", "one"))
        self.assertTrue(visits._is_welcome("token", "another"))
        visits.search([]).date = fields.Datetime.now() - timedelta(minutes=11)
        self.env.flush_all()
        self.assertTrue(visits._is_welcome("token", "one"))

    def test_it_is_said_where_a_visitor_would_find_no_database(self):
        own = self.env.cr.dbname
        for options, databases, is_said in (
            ({"dbfilter": f"^{own}", "db_name": []}, [own, f"{own}_two"], True),
            ({"dbfilter": f"^{own}$", "db_name": []}, [own, f"{own}_two"], False),
            ({"dbfilter": "^other$", "db_name": []}, [own, "other"], True),
            ({"dbfilter": "", "db_name": []}, [own, "other"], True),
            ({"dbfilter": "", "db_name": [], "list_db": False}, [own, "other"], True),
            ({"dbfilter": "", "db_name": [own, "other"]}, [own, "other"], True),
            ({"dbfilter": "", "db_name": [own]}, [own], False),
            ({"dbfilter": "", "db_name": [], "list_db": False}, [own], False),
        ):
            with (
                self.subTest(options, databases=databases),
                patch.dict(config._runtime_options, options),
                patch("odoo.service.db.list_dbs", return_value=databases),
            ):
                warning = self.env["stock.recall"]._link_problem()
                self.assertEqual(bool(warning), is_said)

    def test_old_requests_are_forgotten(self):
        visits = self.env["stock.recall.visit"]
        visits._is_welcome("address", "10.0.0.1")
        self.assertNotIn("10.0.0.1", visits.search([]).key)
        visits.search([]).date = fields.Datetime.now() - timedelta(minutes=11)
        self.env.flush_all()
        visits._gc_old()
        self.assertFalse(visits.search([]))
