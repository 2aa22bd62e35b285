from typing import NamedTuple

from odoo import api, models
from odoo.tools import SQL, ormcache

from ...tools.movement import PURPOSES, USES

KEY = "batch_tracking.permissions"


class Permissions(NamedTuple):
    """What all dispositions forbid; ids of stock.lot.disposition throughout."""

    #: Changes whenever this process hears of a change.
    version: object
    #: ``{use: ids of those that forbid it}``, in their order
    forbidding: dict
    #: Those that forbid some movement.
    restrictive: frozenset
    #: Those that only quality managers end.
    guarded: frozenset
    #: Those that any place imposes.
    imposing: frozenset


class StockLotDisposition(models.Model):
    """What is forbidden, as the transaction that asks sees it.

    Read by each transaction, in one query: the registry's cache hears of what another
    process has changed a moment too late, and a held batch would go.
    """

    _inherit = "stock.lot.disposition"

    @api.model
    def _known(self):
        """Return the ``Permissions`` of now."""
        # A rollback, also to a savepoint, empties it.
        data = self.env.cr.precommit.data
        known, version = data.get(KEY), self._permissions_version()
        if known is None or known.version is not version:
            known = data[KEY] = self._read_permissions(version)
        return known

    @api.model
    @ormcache()
    def _permissions_version(self):
        """Return an object that is another one after each change."""
        return object()

    @api.model
    def _read_permissions(self, version):
        self.flush_model()
        self.env["stock.location"].flush_model(["imposed_disposition_ids"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT id, needs_quality_right,
                       EXISTS (SELECT FROM stock_location_imposed_rel imposed
                               WHERE imposed.disposition_id = disposition.id),
                       %s
                FROM stock_lot_disposition disposition ORDER BY sequence, id
                """,
                SQL(", ").join(SQL.identifier(f"allow_{use}") for use in USES),
            )
        )
        forbidding = {
            use: tuple(row[0] for row in rows if not row[position])
            for position, use in enumerate(USES, start=3)
        }
        return Permissions(
            version,
            forbidding,
            frozenset().union(*(forbidding[purpose] for purpose in PURPOSES)),
            frozenset(row[0] for row in rows if row[1]),
            frozenset(row[0] for row in rows if row[2]),
        )

    @api.model
    def _forbidding_ids(self, purpose):
        """Return the ids of the dispositions that forbid ``purpose``, as a tuple.

        :param str purpose: one of ``tools.movement.USES``
        """
        return self._known().forbidding[purpose]

    @api.model
    def _restrictive_ids(self):
        """Return the ids of those that forbid some movement, as a frozenset."""
        return self._known().restrictive

    @api.model
    def _guarded_ids(self):
        """Return the ids of those that only quality managers end, as a frozenset."""
        return self._known().guarded

    def _restrictive(self):
        """Return those of these dispositions that forbid some movement."""
        restrictive = self._restrictive_ids()
        return self.filtered(lambda disposition: disposition.id in restrictive)
