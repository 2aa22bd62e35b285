from odoo import api, models
from odoo.fields import Domain

from ...tools.movement import STOCK_USAGES
from .groups import ADMINISTRATORS


class BatchOverview(models.AbstractModel):
    """The home of the app: a card for each question that people open it with.

    A room adds cards by extending ``_cards``, and the screen needs no change::

        class BatchOverview(models.AbstractModel):
            _inherit = "batch.overview"

            @api.model
            def _cards(self):
                complaints = self._count_card(
                    "complaint",
                    self.env._("Complaints"),
                    "batch.complaint",
                    [("state", "=", "open")],
                    "batch_tracking.batch_complaint_action",
                    filters=["open"],
                    sequence=70,
                    empty=self.env._("Complaints about a batch are noted on it."),
                )
                return [*super()._cards(), *complaints]

    What a card is, and the link that it shares with its rows, says ``_cards``.
    """

    _name = "batch.overview"
    _description = "Batch Overview"

    @api.readonly
    @api.model
    def get_overview(self):
        """Return what the home of the app shows to the current user.

        :return: dict of ``cards`` (see ``_cards``), in the order that they are shown,
            and ``notices`` (see ``_notices``)
        """
        if not self.env.user.has_group("batch_tracking.group_batch_viewer"):
            return {"cards": [], "notices": []}
        cards = self._cards()
        return {
            "cards": sorted(cards, key=lambda card: card["sequence"]),
            "notices": self._notices(),
        }

    @api.model
    def _notices(self):
        """Return sentences that stand above the cards: what the app is missing."""
        if not self._administrates():
            return []
        missing = self.env["ir.module.module"]._missing_batch_bridges_message()
        return [missing] if missing else []

    @api.model
    def _administrates(self):
        return any(self.env.user.has_group(group) for group in ADMINISTRATORS)

    @api.model
    def _cards(self):
        """Return the cards that the user may see; the hook that rooms extend.

        The number of queries must not depend on how many batches there are.

        :return: list of dicts of JSON values. Keys of a card:

            * ``key``: which card it is, unique
            * ``sequence``: where it stands, the lowest first
            * ``title``: a noun that stands beside any number
            * ``count``: the number
            * ``value``: what it is worth, as text, or False
            * ``tone``: ``danger``, ``warning``, ``info`` or ``success``: of a number
              that is not 0
            * ``empty``: shown in place of a 0: how to begin
            * ``action``, ``context``: the link, the XML id of an action and what
              replaces its context: the filters (``search_default_…``) that show what
              was counted and that people may take off; ``res_id`` opens that record
            * ``rows``: list of dicts of ``label``, ``note`` and the keys of a link
        """
        failed = self._count_card(
            "failed_jobs",
            self.env._("Failed jobs"),
            "batch.job.failure",
            [],
            "batch_tracking.batch_job_failure_action",
            sequence=5,
            tone="danger",
            empty=self.env._("Every job has done its work."),
        )
        return [card for card in failed if card["count"]]

    @api.model
    def _count_card(self, key, title, model, domain, action, **card):
        """Return a list of the card that counts records and opens them.

        Empty for who may not read them.

        :param card: further keys, see ``_cards``, and ``filters`` of the action's
            search view, that find what ``domain`` does
        """
        records = self.env[model]
        if not records.has_access("read"):
            return []
        count = records.search_count(domain)
        return [self._card(key, title, count, action, **card)]

    @api.model
    def _card(self, key, title, count, action, filters=(), **card):
        return {
            "key": key,
            "title": title,
            "count": count,
            "value": False,
            "tone": "info",
            "rows": [],
            **self._link(action, filters),
            **card,
        }

    @api.model
    def _row(self, label, note, action, filters=(), **link):
        return {"label": label, "note": note, **self._link(action, filters, **link)}

    @api.model
    def _link(self, action, filters, **link):
        """Return a link to what filters of the action's search view find.

        :param filters: names of filters, or a dict of what they begin with
        """
        begins = filters if isinstance(filters, dict) else dict.fromkeys(filters, 1)
        context = {f"search_default_{name}": value for name, value in begins.items()}
        return {"action": action, "context": context, **link}

    @api.model
    def _quants_here(self):
        """Return the domain of what lies in stock of the companies that are chosen."""
        return (
            Domain("location_id.usage", "in", STOCK_USAGES)
            & Domain("company_id", "in", self.env.companies.ids)
            & Domain("quantity", ">", 0)
        )

    @api.model
    def _lots_here(self):
        """Return the domain of the lots of which there is something in stock.

        What the filter *On Hand* of batches finds: rules of quants know the companies.
        """
        return Domain(
            "quant_ids",
            "any",
            [("quantity", ">", 0), ("location_id.usage", "in", STOCK_USAGES)],
        )
