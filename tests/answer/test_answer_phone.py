from odoo.tests import HttpCase, tagged

from .answer_case import AnswerCase

FILL_IN = """
    const wait = async (what) => {
        for (let tries = 0; tries < 400; tries++) {
            if (what()) return;
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`waited in vain for ${what}`);
    };
    const type = (field, value) => {
        field.value = value;
        field.dispatchEvent(new Event("input", {bubbles: true}));
    };
    const batch = document.querySelector(".o_recall_batch");
    const field = (name) => batch.querySelector(`[data-quantity='${name}']`);
    const status = batch.querySelector(".o_recall_missing");
"""
GOOD = 'console.log("test successful");'


@tagged("post_install", "-at_install")
class TestAnswerPhone(AnswerCase, HttpCase):
    """The page on a telephone, 375 pixels wide."""

    browser_size = "375x667"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.recall = self.launch()
        self.token = self.env["stock.recall.token"]._issue(self.recall, self.market)
        self.mine = self.row(self.recall, self.market, self.first)
        self.env.flush_all()

    def run_on_page(self, code):
        self.browser_js(
            f"/recall/{self.token}",
            f"(async () => {{ {FILL_IN} {code} }})().catch((e) => console.error(e));",
            "!!document.querySelector('.o_recall_page')",
            login=None,
        )
        self.env.invalidate_all()

    def test_it_counts_while_they_type_and_keeps_the_draft(self):
        self.run_on_page(
            """
            await wait(() => {
                type(field("on_hand"), "30");
                return status.textContent.includes("10 left");
            });
            type(field("used"), "12");
            await wait(() => status.textContent.includes("2 more"));
            type(field("used"), "10");
            await wait(() => status.textContent.includes("All of it"));
            const key = document.querySelector(".o_recall_page").dataset.draft;
            const draft = JSON.parse(localStorage.getItem(key));
            if (Object.values(draft).filter((value) => value === "30").length !== 1) {
                throw new Error("The draft is not kept.");
            }
            const wide = document.documentElement.scrollWidth;
            if (wide > window.innerWidth) {
                throw new Error(`${wide} pixels are too wide.`);
            }
            """
            + GOOD
        )
        self.assertFalse(self.recall.answer_ids)
