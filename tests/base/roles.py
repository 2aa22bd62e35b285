"""People who have one right of ours, and none on Inventory."""

from odoo.fields import Command
from odoo.tests import new_test_user

from ...models.answer.stock_recall_answering import Answer
from ...tools.answer.ledger import Told

ROLES = ("viewer", "user", "quality", "recall", "administrator")
GROUPS = {
    "viewer": "batch_tracking.group_batch_viewer",
    "user": "batch_tracking.group_batch_user",
    "quality": "batch_tracking.group_quality_manager",
    "recall": "batch_tracking.group_recall_manager",
    "administrator": "batch_tracking.group_batch_administrator",
}


def worker(env, role, **values):
    """Return a new user of one role; each is what it implies, and no more."""
    groups = f"base.group_user,{GROUPS[role]}"
    return new_test_user(env, login=f"only-{role}", groups=groups, **values)


def our_models(env):
    """Yield the models with a table that this addon has made."""
    for name in env.registry:
        model = env[name]
        if model._original_module == "batch_tracking" and not model._abstract:
            yield model


def make_history(case):
    """Give a ``KitchenCase`` something to show on each screen."""
    case.make_hummus_of_two_lots()
    case.delivery = case.deliver(case.hummus, 4, case.market, lot=case.first)
    case.plan = case.env["stock.lot.inspection.plan"].create(
        {
            "name": "Pulses",
            "product_id": case.chickpeas.id,
            "characteristic_ids": [
                Command.create({"name": "Free of stones", "kind": "passfail"})
            ],
        }
    )
    case.inspection = case.env["stock.lot.inspection"]._make(
        [
            {
                "lot_id": case.early.id,
                "plan_id": case.plan.id,
                "moment": "demand",
                "company_id": case.company.id,
            }
        ]
    )
    case.decision = case.env["stock.lot.decision"]._decide(
        case.second, case.disposition("hold"), "The lid is open"
    )
    case.drill = case.env["stock.recall"]._launch(case.late, "Drill", kind="drill")
    case.env.flush_all()


def make_recall_history(case):
    """Let a recall be told, answered, checked and decided; another firm recalls too."""
    env = case.env
    plan = env["stock.recall.plan"].create({"company_id": case.company.id})
    env["stock.recall.plan.contact"].create(
        {"plan_id": plan.id, "name": "Laboratory", "phone": "+1 555 0100"}
    )
    case.recall = env["stock.recall"]._launch(case.first, "Stones")
    notice = case.recall.notice_ids[:1] or case.recall._make_notices()[:1]
    notice._note_told("phone", True)
    rows = case.recall.consignee_ids
    answer = Answer(kind="told", channel="page", told={rows[0]: Told(on_hand=2)})
    case.recall._take_answer(rows[0].partner_id, answer)
    env["stock.recall.token"]._issue(case.recall, rows[0].partner_id)
    case.recall.check_level = "A"
    case.recall.action_draw_checks()
    case.take_back(case.delivery, 1)
    values = {"lot_id": case.first.id, "quantity": 1, "decision": "rework"}
    env["stock.recall.decision"]._decide(case.recall, values)
    inbound = env["stock.recall.inbound"]._receive(
        case.supplier, "R-2026/4", [("Chickpeas", "LOT 77")]
    )
    inbound.action_reply()
    env.flush_all()
