from odoo.tests import tagged

from ...models.notice.exceptions import NoticesAreOutError
from .notice_case import NoticeCase


@tagged("post_install", "-at_install")
class TestNoticeMade(NoticeCase):
    """Launching makes a notice for each consignee, of what it has had alone."""

    def test_each_company_gets_one_that_holds_its_own_batches(self):
        recall = self.launch()
        nobody = self.env["res.partner"]
        self.assertEqual(recall.notice_ids.partner_id, self.market | self.bistro)
        self.assertEqual(len(recall.notice_ids), 3)
        self.assertEqual(
            self.lots_of(self.notice(recall, self.market)),
            {(self.north, self.first): 12, (self.south, self.first): 5},
        )
        self.assertEqual(
            self.lots_of(self.notice(recall, self.bistro)),
            {(self.bistro, self.first): 8, (self.bistro, self.second): 4},
        )
        self.assertEqual(
            self.lots_of(self.notice(recall, nobody)), {(nobody, self.second): 3}
        )

    def test_by_site_each_address_gets_one(self):
        recall = self.launch()
        recall.is_by_site = True
        self.assertEqual(
            recall.notice_ids.partner_id, self.north | self.south | self.bistro
        )
        self.assertEqual(
            self.lots_of(self.notice(recall, self.north)),
            {(self.north, self.first): 12},
        )
        recall.is_by_site = False
        self.assertEqual(recall.notice_ids.partner_id, self.market | self.bistro)

    def test_once_some_are_out_the_sites_stay_as_they_are(self):
        recall = self.launch_complete()
        self.approve_and_queue(recall)
        with self.assertRaises(NoticesAreOutError):
            recall.is_by_site = True

    def test_the_list_says_how_each_is_reached(self):
        recall = self.launch()
        channels = {n.partner_id: n.channel for n in recall.notice_ids}
        self.assertEqual(
            channels,
            {
                self.market: "mail",
                self.bistro: "phone",
                self.env["res.partner"]: "public",
            },
        )
        self.bistro.write({"phone": False, "street": "Lake Street 1"})
        self.assertEqual(self.notice(recall, self.bistro).channel, "letter")
        self.bistro.email = "bistro@example.com"
        self.assertEqual(self.notice(recall, self.bistro).channel, "mail")

    def test_an_archived_contact_is_on_the_list_and_not_only_mailed_to(self):
        self.market.phone = "+1 555 0111"
        (self.north | self.south | self.market).action_archive()
        notice = self.notice(self.launch(), self.market)
        self.assertEqual((notice.channel, notice.is_archived), ("phone", True))

    def test_it_is_in_the_language_of_the_consignee(self):
        self.env["res.lang"]._activate_lang("de_DE")
        self.bistro.lang = "de_DE"
        self.market.lang = False
        recall = self.launch()
        self.assertEqual(self.notice(recall, self.bistro).lang, "de_DE")
        self.assertEqual(self.notice(recall, self.market).lang, "en_US")

    def test_making_them_again_makes_none(self):
        recall = self.launch()
        self.assertFalse(recall.sudo()._make_notices())
        self.assertEqual(len(recall.notice_ids), 3)

    def test_the_page_counts_what_is_to_be_done(self):
        recall = self.launch_complete()
        self.assertEqual((recall.notice_count, recall.notice_draft_count), (3, 3))
        recall.action_approve_notices()
        counts = ("ready", "phone", "letter", "public", "draft")
        self.assertEqual(
            [recall[f"notice_{name}_count"] for name in counts], [1, 1, 0, 1, 0]
        )
        for name in counts:
            action = recall.with_context(notice_list=name).action_open_notices()
            found = self.env["stock.recall.notice"].search(action["domain"])
            self.assertEqual(len(found), recall[f"notice_{name}_count"], name)

    def test_their_number_changes_nothing_of_the_number_of_queries(self):
        for n in range(30):
            self.deliver(
                self.hummus, 1, self.make_partner(f"Shop {n}"), lot=self.second
            )
        recall = self.launch()
        recall.sudo()._remake_notices()
        with self.assertQueryCount(40):
            recall.sudo().notice_ids.unlink()
            recall.consignee_ids.sudo().write({"addressee_id": False})
            recall.sudo()._make_notices()
            self.env.flush_all()

    def test_suppliers_are_told_of_what_they_have_supplied(self):
        self.bad.supplier_lot_name = "FLP-77"
        recall = self.launch_complete()
        recall.action_tell_suppliers()
        notice = self.notice(recall, self.supplier)
        self.assertEqual(notice.purpose, "supplier")
        self.assertEqual(notice.lot_line_ids.lot_id, self.bad)
        self.assertFalse(notice.line_ids)
        self.assertIn("FLP-77", notice.body)
        self.assertNotIn("H-1", notice.body)
        self.assertNotIn("Lake Bistro", notice.body)
