"""The scene of attacks: held goods that must be where they were, whoever does what."""

from collections import Counter

from odoo.fields import Command
from odoo.service.model import call_kw

from ..common import KitchenCase
from .attacks import REFUSALS, WAYS, models_at_stake


class AttackCase(KitchenCase):
    """BAD may do nothing, CAGED lies in quarantine; FRESH is free, and in transfers.

    :cvar of_apps: people who have a right of another app, which the clerk has not
    """

    of_apps = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cage = cls.env["stock.location"].create(
            {"name": "Cage", "location_id": cls.stock.id}
        )
        cls.bad = cls.receive(cls.chickpeas, "BAD", 10)
        cls.sold = cls.deliver(cls.chickpeas, 2, cls.market, lot=cls.bad)
        cls.caged = cls.receive(cls.chickpeas, "CAGED", 5)
        cls.bare_move(cls.caged, 5, cls.stock, cls.cage)._action_done()
        cls.fresh = cls.receive(cls.chickpeas, "FRESH", 20)
        cls.made = cls.produce(cls.mash, "M-1", 4, uses=[(cls.bad, 1), (cls.fresh, 1)])
        cls.inspect()
        cls.deliver(cls.mash, 1, cls.market, lot=cls.made)
        cls.waiting = cls.order(cls.chickpeas, 4, cls.bistro, lot=cls.fresh)
        cls.nothing = cls.env["stock.lot.disposition"].create(
            {"name": "Nothing", "code": "NOTHING", "needs_quality_right": True}
        )
        cls.bad._set_disposition(cls.nothing, "Stones")
        cls.cage.disposition_id = cls.nothing
        cls.recall = cls.env["stock.recall"]._launch(cls.made, "Stones")
        cls.clerk = cls.user("clerk")
        cls.boss = cls.user("boss", "stock.group_stock_manager")
        cls.env.flush_all()
        cls.pool = cls.scene()

    @classmethod
    def inspect(cls):
        plan = cls.env["stock.lot.inspection.plan"].create(
            {
                "name": "Pulses",
                "product_id": cls.chickpeas.id,
                "moment": "demand",
                "characteristic_ids": [
                    Command.create({"name": "No stones", "kind": "passfail"})
                ],
            }
        )
        inspections = cls.env["stock.lot.inspection"]
        cls.inspection = inspections._make(
            [
                {
                    "lot_id": cls.bad.id,
                    "plan_id": plan.id,
                    "moment": "demand",
                    "company_id": cls.company.id,
                }
            ]
        )
        entry = {
            "inspection_id": cls.inspection.id,
            "characteristic_id": plan.characteristic_ids.id,
            "value": "fail",
        }
        cls.inspection.enter_results([entry])
        cls.inspection.action_complete()

    @classmethod
    def scene(cls):
        """Return ``{model: records}`` that are worth an attack, the best ones first."""
        lines = cls.env["stock.move.line"]
        held = lines.search([("lot_id", "in", (cls.bad | cls.caged).ids)])
        quants = cls.env["stock.quant"].search([("product_id", "=", cls.chickpeas.id)])
        quants = quants.filtered(lambda quant: quant.location_id.usage == "internal")
        pool = {
            "stock.lot": cls.bad | cls.caged | cls.made | cls.fresh,
            "stock.quant": quants.sorted(lambda quant: quant.lot_id != cls.bad),
            "stock.move.line": held[:1]
            | cls.sold.move_line_ids
            | cls.waiting.move_line_ids,
            "stock.move": held[:1].move_id | cls.sold.move_ids | cls.waiting.move_ids,
            "stock.picking": held[:1].picking_id | cls.sold | cls.waiting,
            "stock.location": cls.stock | cls.cage | cls.customers,
            "stock.lot.disposition": cls.nothing
            | cls.disposition("quarantine")
            | cls.disposition("released"),
            "stock.recall": cls.recall,
            "stock.lot.inspection": cls.inspection,
            "product.product": cls.chickpeas | cls.mash,
            "product.template": (cls.chickpeas | cls.mash).product_tmpl_id,
            "res.partner": cls.bistro | cls.supplier,
        }
        for name in models_at_stake(cls.env):
            if name not in pool:
                pool[name] = cls.env[name].search([], order="id desc", limit=2)
        return pool

    # -- trying

    def attacker(self, record):
        """Return the record as the weakest person who may write it; None if nobody."""
        for user in (self.clerk, self.boss, *self.of_apps):
            mine = record.with_user(user).sudo(False)
            if mine.has_access("write"):
                return mine
        return None

    def try_attack(self, attack, way):
        """Do it in a savepoint that stays if it succeeded; tell whether it did."""
        record = self.attacker(self.env[attack.model].browse(attack.record_id))
        if record is None:
            return False
        return self.attempt(lambda: WAYS[way](record, attack))

    def try_method(self, record, method):
        mine = self.attacker(record)
        if mine is None:
            return False
        is_model = getattr(getattr(type(mine), method), "_api_model", False)
        arguments = [] if is_model else [mine.ids]
        return self.attempt(lambda: call_kw(mine.browse(), method, arguments, {}))

    def attempt(self, act):
        try:
            with self.env.cr.savepoint():
                act()
                self.env.flush_all()
        except REFUSALS:
            return False
        finally:
            self.env.invalidate_all()
        return True

    # -- what must not change

    def evidence(self):
        """Return all that says where the held goods are, and what was done with them.

        Quantities of nothing are left out: core keeps some, and deletes others.
        """
        self.env.flush_all()
        self.env.invalidate_all()
        held = self.bad | self.caged
        return {
            "stock": self.amounts(held),
            "lent": self.lent(),
            "told": self.told_otherwise(),
            "reserved": self.reserved(held),
            # Whoever holds more does no harm.
            "lots": (held.product_id.ids, self.bad.disposition_id.id),
            "places": [
                (place.usage, place.company_id.id) for place in self.stock | self.cage
            ],
            "imposed": self.nothing in self.cage.imposed_disposition_ids,
            "permitted": [
                tuple(
                    self.nothing[name]
                    for name in self.nothing._fields
                    if name.startswith("allow_")
                ),
            ],
            "done": self.done(held),
            "recall": (self.recall.state, self.recall.lot_ids.lot_id.ids),
            "consignees": [
                (row.partner_id.id, row.lot_id.id, row.delivered, row.returned)
                for row in self.recall.consignee_ids.sorted("id")
            ],
            "notices": [
                (notice.partner_id.id, notice.state)
                for notice in self.recall.notice_ids.sorted("id")
            ],
            "inspection": (self.inspection.state, self.inspection.lot_id.id),
            "tracking": (self.chickpeas.tracking, self.chickpeas.is_storable),
        }

    def amounts(self, lots):
        quants = self.env["stock.quant"].search([("lot_id", "in", lots.ids)])
        found = Counter()
        for quant in quants:
            key = quant.lot_id.id, quant.location_id.id, quant.owner_id.id
            found[key] += quant.quantity
        return {key: amount for key, amount in found.items() if amount}

    def told_otherwise(self):
        """Return where more or less lies of any batch than its done lines tell."""
        self.env.cr.execute(
            """
            SELECT lot_id, place, round(sum(quantity)::numeric, 3) FROM (
                SELECT lot_id, location_id AS place, quantity FROM stock_quant
                UNION ALL
                SELECT lot_id, location_id, quantity_product_uom
                FROM stock_move_line WHERE state = 'done'
                UNION ALL
                SELECT lot_id, location_dest_id, -quantity_product_uom
                FROM stock_move_line WHERE state = 'done'
            ) told
            WHERE lot_id IN (SELECT id FROM stock_lot WHERE product_id = ANY(%s))
            GROUP BY lot_id, place
            HAVING round(sum(quantity)::numeric, 3) <> 0
            """,
            [(self.chickpeas | self.mash).ids],
        )
        return sorted(self.env.cr.fetchall())

    def lent(self):
        """Return what is missing without a number where the held goods lie."""
        quants = self.env["stock.quant"].search(
            [
                ("product_id", "=", self.chickpeas.id),
                ("lot_id", "=", False),
                ("location_id", "in", (self.stock | self.cage).ids),
                ("quantity", "<", 0),
            ]
        )
        return sum(quants.mapped("quantity"))

    def reserved(self, lots):
        """Return how much of what is held is reserved, and where to."""

        def is_held(record):
            return record.lot_id == self.bad or record.location_id == self.cage

        lines = self.env["stock.move.line"].search(
            [("lot_id", "in", lots.ids), ("state", "not in", ("done", "cancel"))]
        )
        quants = self.env["stock.quant"].search([("lot_id", "in", lots.ids)])
        lines, quants = lines.filtered(is_held), quants.filtered(is_held)
        usages = lines.filtered("quantity").location_dest_id.mapped("usage")
        return sum(quants.mapped("reserved_quantity")), sorted(usages)

    def done(self, lots):
        lines = self.env["stock.move.line"].search(
            [("id", "in", self.known_lines(lots).ids)], order="id"
        )
        return [
            (
                line.id,
                line.state,
                line.lot_id.id,
                line.product_id.id,
                line.quantity,
                line.quantity_product_uom,
                line.location_id.id,
                line.location_dest_id.id,
                line.owner_id.id,
                line.date,
                tuple(line.consume_line_ids.ids),
                tuple(line.produce_line_ids.ids),
            )
            for line in lines
        ]

    def known_lines(self, lots):
        if not hasattr(type(self), "_known_lines"):
            type(self)._known_lines = self.env["stock.move.line"].search(
                [("lot_id", "in", lots.ids), ("state", "=", "done")]
            )
        return self._known_lines

    def differences(self, before):
        after = self.evidence()
        return {
            name: (before[name], after[name])
            for name in before
            if before[name] != after[name]
            and not (name == "stock" and self.has_only_come(before[name], after[name]))
        }

    def has_only_come(self, before, after):
        """Tell whether suppliers have sent more, and nothing else: no escape."""
        changes = Counter()
        for lot, place, owner in before.keys() | after.keys():
            usage = self.env["stock.location"].browse(place).usage
            now = after.get((lot, place, owner), 0) - before.get((lot, place, owner), 0)
            if now and (usage, now > 0) not in (
                ("supplier", False),
                ("internal", True),
            ):
                return False
            changes[lot] += now
        return all(abs(change) < 1e-6 for change in changes.values())
