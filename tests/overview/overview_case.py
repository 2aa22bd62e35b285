from lxml import etree

from odoo.fields import Domain
from odoo.tools.safe_eval import safe_eval

from ..common import KitchenCase


class OverviewCase(KitchenCase):
    def overview(self, user=None, **context):
        overview = self.env["batch.overview"].with_user(user or self.env.user)
        return overview.with_context(**context).get_overview()

    def cards(self, user=None, **context):
        return {card["key"]: card for card in self.overview(user, **context)["cards"]}

    def linked(self, link, user=None):
        """Return the records that a card or a row opens, as its filters find them."""
        action = self.env.ref(link["action"])
        records = self.env[action.res_model].with_user(user or self.env.user)
        domain = Domain(safe_eval(action.domain or "[]"))
        search_view = [(action.search_view_id.id, "search")]
        arch = etree.fromstring(
            self.env[action.res_model].get_views(search_view)["views"]["search"]["arch"]
        )
        for key, value in link["context"].items():
            name = key.removeprefix("search_default_")
            found = arch.xpath(f"//filter[@name='{name}']")
            if not found:
                self.assertTrue(arch.xpath(f"//search/field[@name='{name}']"), name)
                domain &= Domain(name, "=", value)
            for node in found:
                domain &= Domain(safe_eval(node.get("domain", "[]")))
        return records.search(domain)
