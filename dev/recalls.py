"""Two recalls of a dip that was bought in: one is over, one is being worked.

Each step is one that people take on the recall's page; the mails are taken for sent, as
no mail server is near.
"""

from datetime import timedelta

from odoo.fields import Command, Date

try:
    from .season import Season
except ImportError:  # run as a script
    from dev.season import Season

#: Number, pieces, and who bought how many of them.
GLASS = ("TP-01", 60, {"wegner": 24, "tops": 12, "bistro": 6, "distributor": 18})
YEAST = ("TP-02", 80, {"wegner": 24, "coop": 12, "vine": 6, "campus": 30})
LETTER = {
    "authority": "fda",
    "check_level": "A",
    "notice_goods": "food",
    "notice_brand": "Keuka Lake",
    "notice_size": "180 g",
    "notice_code_place": "On the lid",
    "notice_what_to_do": "Set the jars apart. We fetch them at our cost.",
    "notice_contact": "Quality, +1 607 555 0120, 8 to 17 h",
    "notice_contact_24h": "+1 607 555 0121",
}


class Recalls(Season):
    """Buys a tapenade, sells it, and calls two batches of it back."""

    def two_recalls(self, clock, today):
        """Recall ``GLASS`` from beginning to end, and begin with ``YEAST``."""
        self.dip = self._dip()
        clock.move_to(self.noon(today, back=40))
        glass = self._buy_and_sell(*GLASS)
        clock.move_to(self.noon(today, back=30))
        self.closed_recall = self._call_back(
            glass, "Splinters of glass in a jar", recall_class="II"
        )
        clock.move_to(self.noon(today, back=26))
        self._answer_all(glass)
        self._get_back(glass)
        clock.move_to(self.noon(today, back=24))
        self._check_and_close()
        clock.move_to(self.noon(today, back=20))
        yeast = self._buy_and_sell(*YEAST)
        self._count_on_more()
        clock.move_to(self.noon(today, back=2))
        self.running_recall = self._call_back(
            yeast, "Lids bulge: yeast ferments in the jar", recall_class="III"
        )
        clock.move_to(self.noon(today, back=1))
        self._answer_some(yeast)

    def hire_a_colleague(self):
        """Have somebody who checks and closes what another one has launched."""
        groups = ("group_recall_manager", "group_quality_manager")
        users = self.env["res.users"].with_context(no_reset_password=True)
        self.colleague = users.create(
            {
                "name": "Noor Haddad",
                "login": "noor",
                "email": "noor@example.com",
                "tz": self.env.user.tz,
                "group_ids": [
                    Command.link(self.env.ref("stock.group_stock_manager").id),
                    *(Command.link(self.ref(group).id) for group in groups),
                ],
            }
        )

    # -- the goods

    def _dip(self):
        category = self.env["product.category"].create({"name": "Dips bought in"})
        return self.env["product.product"].create(
            {
                "name": "Olive tapenade",
                "is_storable": True,
                "tracking": "lot",
                "categ_id": category.id,
                "use_expiration_date": True,
                "expiration_time": 400,
                "standard_price": 2.5,
            }
        )

    def _buy_and_sell(self, number, pieces, sold):
        lot = self._buy(number, pieces)
        for customer, quantity in sold.items():
            picking = self._sell(customer, quantity)
            self.validate(picking)
        return lot

    def _buy(self, number, pieces):
        line = {"product_id": self.dip.id, "product_qty": pieces, "price_unit": 2.5}
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.ref("supplier_produce").id,
                "order_line": [Command.create(line)],
            }
        )
        order.button_confirm()
        picking = order.picking_ids
        picking.move_line_ids.write({"lot_name": number, "quantity": pieces})
        self.validate(picking)
        return picking.move_line_ids.lot_id

    def _sell(self, customer, quantity):
        line = {
            "product_id": self.dip.id,
            "product_uom_qty": quantity,
            "price_unit": 5,
        }
        order = self.env["sale.order"].create(
            {
                "partner_id": self.ref(f"customer_{customer}").id,
                "order_line": [Command.create(line)],
            }
        )
        order.action_confirm()
        order.picking_ids.action_assign()
        return order.picking_ids

    def _count_on_more(self):
        """Leave orders that a recall hits."""
        self._sell("tavern", 6)
        line = {"product_id": self.dip.id, "product_qty": 100, "price_unit": 2.5}
        self.env["purchase.order"].create(
            {
                "partner_id": self.ref("supplier_produce").id,
                "order_line": [Command.create(line)],
            }
        )

    # -- stop and tell

    def _call_back(self, lot, reason, **more):
        """Launch a recall, and send its notices."""
        recalls = self.env["stock.recall"].with_user(self.env.ref("base.user_admin"))
        recall = recalls._launch(lot.with_user(recalls.env.user), reason)
        week = Date.context_today(recall) + timedelta(days=7)
        recall.write(
            {
                **LETTER,
                **more,
                "notice_reply_by": week,
                "hazard": f"{reason}. Nobody has been hurt as far as we know.",
                "hazard_by": "Noor Haddad",
                "date_suspected": recall.date_start - timedelta(hours=3),
                "date_decided": recall.date_start - timedelta(minutes=40),
            }
        )
        recall.action_approve_notices()
        recall.action_send_notices()
        recall.sudo().notice_ids.attempt_ids._arrive()
        recall.action_check_leak()
        return recall

    # -- answers

    def _answer(self, recall, customer, lot, **told):
        """Send what a customer fills into the page of the notice."""
        partner = self.ref(f"customer_{customer}")
        row = recall.consignee_ids.filtered(
            lambda row: row.partner_id == partner and row.lot_id == lot
        )
        form = {
            "action": "told",
            "contact_name": "Store manager",
            "contact_phone": partner.phone,
            "version": str(recall.version),
            **{f"{row.id}-{name}": str(value) for name, value in told.items()},
        }
        recall._take_answer(partner, recall._read_answer(partner, form))

    def _answer_all(self, lot):
        recall = self.closed_recall
        self._answer(recall, "wegner", lot, used=10, used_before=10, on_hand=14)
        self._answer(recall, "tops", lot, used=4, used_before=4, destroyed=8)
        self._answer(recall, "bistro", lot, used=6, used_before=6)
        self._answer(recall, "distributor", lot, on_hand=18)

    def _answer_some(self, lot):
        recall = self.running_recall
        self._answer(recall, "wegner", lot, used=6, used_before=5, on_hand=18)
        onward = "North refectory, north@example.com, 20"
        told = {"on_hand": 10, "passed_on": 20, "onward": onward}
        self._answer(recall, "campus", lot, **told)
        self._answer(recall, "coop", lot, declined="on", note="Never came to us")

    # -- get back, check, close

    def _get_back(self, lot):
        """Fetch what is left, destroy it in front of a witness, check the rest."""
        recall = self.closed_recall
        action = recall.consignee_ids.action_prepare_returns()
        for picking in self.env["stock.picking"].search(action["domain"]):
            self.validate(picking)
        for quant in lot.quant_ids.filtered(
            lambda quant: quant.location_id.usage == "internal" and quant.quantity > 0
        ):
            recall.env["stock.recall.decision"]._decide(
                recall,
                {
                    "lot_id": lot.id,
                    "location_id": quant.location_id.id,
                    "quantity": quant.quantity,
                    "decision": "destroy",
                    "witness": "Sam Okafor, night shift",
                    "reason": "Glass cannot be sieved out",
                },
            )

    def _check_and_close(self):
        recall = self.closed_recall
        recall.other_costs = 140
        recall.action_draw_checks()
        for check in recall.check_ids.with_user(self.colleague):
            check.write({"got_notice": "yes", "did_as_told": "yes", "had_goods": "yes"})
            check.action_verify()
        for deadline in recall.deadline_ids:
            deadline.action_done()
        recall.action_monitor()
        recall.with_user(self.colleague).action_close()
        recall.action_approve_notices()
        recall.action_send_notices()
        recall.sudo().notice_ids.attempt_ids.filtered(
            lambda attempt: not attempt.sent_at
        )._arrive()


def outcome(recall):
    """Return how far a recall has come, as lines of text."""
    progress = recall._progress()
    states = dict(recall._fields["state"]._description_selection(recall.env))
    lines = [f"{recall.name}: {recall.reason} – {states[recall.state].lower()}"]
    stages = ", ".join(
        f"{stage['label'].lower()} {stage['done']} of {stage['total']}"
        for stage in progress["stages"]
    )
    lines.append(f"  {'consignees':<24}{stages}")
    for unit in progress["units"]:
        lines.append(
            f"  {'recovered':<24}{unit['recovered']:g} of {unit['distributed']:g} "
            f"{unit['unit']}, {unit['located']:g} to fetch, "
            f"{unit['unaccounted']:g} missing"
        )
    lines += _stopped(recall)
    lines.append(f"  {'cost so far':<24}{recall.currency_id.format(recall.total_cost)}")
    if waiting := sorted(
        recall.consignee_ids.filtered(lambda row: row.state == "waiting").mapped(
            "partner_id.name"
        )
    ):
        lines.append(f"  {'have not answered':<24}{', '.join(waiting)}")
    return lines


def _stopped(recall):
    """Return what a recall has stopped, and where its goods were brought."""
    lines = []
    if hit := recall.hit_ids.sorted("id").mapped("name"):
        lines.append(f"  {'orders hit':<24}{', '.join(hit)}")
    moves = recall.env["stock.move"].search(
        [("recall_id", "=", recall.id), ("recall_row_id", "=", False)]
    )
    for move in moves:
        done = "brought to" if move.state == "done" else "to bring to"
        lines.append(
            f"  {'quarantine':<24}{move.product_uom_qty:g} {move.product_uom.name} "
            f"{done} {move.location_dest_id.display_name}"
        )
    return lines
