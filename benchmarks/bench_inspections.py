"""What inspections cost a receipt: of goods without a plan, and with one."""

from time import perf_counter

from odoo.fields import Command

from benchmarks.bench_numbers_receipt import receive

LOTS = 1_000


def run(env, scale):
    """Return the seconds of a receipt, and the queries that its inspections take."""
    lots = int(LOTS * scale)
    _measure(env, 1)  # what Odoo keeps in its caches is known now
    without_s, _queries = _measure(env, lots)
    _plan(env)
    few_s, few = _measure(env, max(1, lots // 10))
    with_s, many = _measure(env, lots)
    return {
        "inspections_receipt_s": with_s,
        "inspections_receipt_overhead": with_s / without_s - 1,
        "inspections_made": env["stock.lot.inspection"].search_count([]),
        "inspections_queries_1000": many,
        "inspections_queries_100": few,
        "inspections_no_plan_queries": _no_plan_queries(env, lots),
    }


def _plan(env):
    return env["stock.lot.inspection.plan"].create(
        {
            "name": "Everything",
            "quarantine_until_inspected": True,
            "characteristic_ids": [
                Command.create({"name": "Moisture", "limits": "upper", "upper": 13}),
                Command.create({"name": "Clean", "kind": "passfail"}),
            ],
        }
    )


def _measure(env, lots):
    """Return the seconds of a receipt, and how many queries inspecting it took."""
    work = receive(env, "core", lots)
    inspections = type(env["stock.lot.inspection"])
    counted = inspections._inspect_arrivals
    spent = []

    def counting(self, lines):
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        counted(self, lines)
        self.env.flush_all()
        spent.append(self.env.cr.sql_log_count - before)

    inspections._inspect_arrivals = counting
    env.flush_all()
    env.invalidate_all()
    start = perf_counter()
    try:
        work()
        env.flush_all()
    finally:
        inspections._inspect_arrivals = counted
    return perf_counter() - start, sum(spent)


def _no_plan_queries(env, lots):
    """Return the queries of a receipt while there are plans, but none that fits."""
    plans = env["stock.lot.inspection.plan"].search([])
    plans.product_id = env["product.product"].search([], limit=1)
    return _measure(env, lots)[1]
