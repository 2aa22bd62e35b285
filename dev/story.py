"""The Keuka Lake Hummus Company: some days of its life, two recalls, and a drill.

``python dev/story.py -c <odoo.conf> -d <database>`` tells the story once, works a
drill on it every time, and prints what came out. The end-to-end test tells the same.
"""

import sys
from datetime import datetime, timedelta

from freezegun import freeze_time

import odoo
from odoo.fields import Command
from odoo.tools import config, convert_file

try:
    from .kitchen import ADDON
    from .recalls import Recalls, outcome
except ImportError:  # run as a script
    from dev.kitchen import ADDON
    from dev.recalls import Recalls, outcome

TOLD = "batch_tracking.story_told"
SUSPECT = "CP-7731"
#: The company's clock is four or five hours behind: noon there, in UTC.
NOON = 17
ZONE = "America/New_York"


class Story(Recalls):
    """Tells the story; what the tests count by hand is kept in ``lots``."""

    def __init__(self, env):
        super().__init__(env)
        self.lots = {}

    def tell(self, today):
        """Tell it all. ``today`` (a date) is the last day of the second chapter."""
        with freeze_time(self.noon(datetime(2021, 10, 20))) as clock:
            self.found_the_company()
            self.two_remembered_days(clock)
            self.season_of_bread(clock, today)
            self.two_recalls(clock, today)
            self.this_month(clock, today)
        self.env["ir.config_parameter"].sudo().set_param(TOLD, "yes")
        return self

    def noon(self, day, back=0):
        return datetime(day.year, day.month, day.day, NOON) - timedelta(days=back)

    # -- who and what there is

    def found_the_company(self):
        path = f"{ADDON}/demo/batch_tracking_demo.xml"
        if not self.env.ref(f"{ADDON}.product_mash", raise_if_not_found=False):
            convert_file(self.env, ADDON, path.split("/", 1)[1], {}, mode="init")
        self.company.name = "Keuka Lake Hummus Company"
        self.company.email = "quality@keuka.example"
        self.company.partner_id.tz = ZONE
        self.hire()
        self.plant = self.env["stock.warehouse"].search(
            [("company_id", "=", self.company.id)], limit=1
        )
        self.plant.name = "Penn Yan plant"
        self.env["stock.location"].create(
            {
                "name": "Quarantine",
                "location_id": self.plant.lot_stock_id.id,
                "disposition_id": self.ref("stock_lot_disposition_recalled").id,
            }
        )
        self.depot = self.env["stock.warehouse"].create(
            {"name": "Corning depot", "code": "CORN"}
        )
        self.learn_the_recipes()
        self.write_plans()

    def hire(self):
        # Both wear every hat here; in life nobody is a manager unasked.
        managers = self.env.ref("base.user_admin") | self.env.user
        managers.group_ids += self.ref("group_recall_manager")
        managers.group_ids += self.env.ref("stock.group_stock_multi_locations")
        managers.group_ids += self.env.ref("stock.group_production_lot")
        managers.tz = ZONE
        self.hire_a_colleague()
        self.plan_for_recalls()

    def plan_for_recalls(self):
        """Whom to ring at night, and whose deadlines they keep."""
        regimes = ("fda_food", "brcgs")
        self.env["stock.recall.plan"].create(
            {
                "user_id": self.env.ref("base.user_admin").id,
                "authority": "fda",
                "regime_ids": [
                    Command.set(
                        [self.ref(f"stock_recall_regime_{code}").id for code in regimes]
                    )
                ],
                "contact_ids": [
                    Command.create(
                        {
                            "name": "Cayuga Food Laboratory",
                            "function": "Laboratory",
                            "phone": "+1 607 555 0142",
                        }
                    )
                ],
            }
        )

    def learn_the_recipes(self):
        common = {"lemon": 2, "spices": 0.5}
        self.teach("mash", 200, chickpeas=120)
        for product, mash, extra in [
            ("traditional", 50, {}),
            ("garlic_hummus", 45, {"garlic": 5}),
            ("beet_hummus", 40, {"beet": 10}),
        ]:
            self.teach(product, 200, mash=mash, tahini=8, tubs=200, **common, **extra)

    # -- chapter one: two days in the books

    def two_remembered_days(self, clock):
        """20 October 2021 saw four traditional batches, 10 June 2022 a first beet."""
        self.buy_for_a_day("21", chickpeas=120)
        self.produce("mash", 200)
        batches = [self.produce("traditional", 200) for _batch in range(4)]
        self.lots["fourth_traditional"] = batches[3]
        self.inspect()
        self.sell("distributor", traditional=800)
        clock.move_to(self.noon(datetime(2022, 6, 10)))
        self.buy_for_a_day("22", chickpeas=24)
        self.produce("mash", 40)
        self.lots["first_beet"] = self.produce("beet_hummus", 200)
        self.inspect()
        self.sell("distributor", beet_hummus=200)

    def buy_for_a_day(self, year, chickpeas):
        """Buy just what the remembered days use up."""
        large = year == "21"
        batches = 4 if large else 1
        self.receive("legumes", ("chickpeas", f"CP-{year}", chickpeas))
        self.receive("sesame", ("tahini", f"TH-{year}", 8 * batches))
        rest = [
            ("lemon", f"LJ-{year}", 2 * batches),
            ("spices", f"SP-{year}", 0.5 * batches),
        ]
        if not large:
            rest.append(("beet", f"BT-{year}", 10))
        self.receive("produce", *rest)
        self.receive("packaging", ("tubs", f"TB-{year}", 200 * batches))

    # -- chapter two: this month

    def this_month(self, clock, today):
        clock.move_to(self.noon(today, back=12))
        self.stock_up()
        clock.move_to(self.noon(today, back=6))
        self.first_mash()
        clock.move_to(self.noon(today, back=4))
        self.second_mash()
        clock.move_to(self.noon(today, back=2))
        self.clean_mash()
        clock.move_to(self.noon(today, back=1))
        self.fill_the_shops()
        clock.move_to(self.noon(today))
        self.leave_something_to_do()

    def stock_up(self):
        suspect, clean = self.receive(
            "legumes", ("chickpeas", SUSPECT, 180), ("chickpeas", "CP-7790", 300)
        )
        # The suspect lot is the older harvest: it goes first.
        suspect.expiration_date -= timedelta(days=30)
        self.lots.update(suspect=suspect, clean=clean)
        self.receive("sesame", ("tahini", "TH-112", 100))
        self.receive(
            "produce",
            ("lemon", "LJ-0931", 30),
            ("garlic", "GA-44", 20),
            ("beet", "BT-17", 40),
            ("spices", "SP-206", 10),
        )
        self.receive("packaging", ("tubs", "TB-5000", 3000))

    def first_mash(self):
        """Mash A is all suspect: 120 kg of 180."""
        self.lots["mash_a"] = self.produce("mash", 200)
        self.lots["trad_1"] = self.produce("traditional", 400)
        self.lots["garlic_1"] = self.produce("garlic_hummus", 200)
        self.inspect()

    def second_mash(self):
        """Mash B mixes the last 60 kg of the suspect with 60 kg of the clean lot."""
        self.lots["mash_b"] = self.produce("mash", 200)
        # 55 kg of mash A are left; a batch of beet takes 40, a traditional the rest.
        self.lots["beet_1"] = self.produce("beet_hummus", 200)
        self.lots["trad_2"] = self.produce("traditional", 400)
        self.inspect()

    def clean_mash(self):
        """Mash C is clean; the garlic hummus still takes mash B, the oldest."""
        self.lots["mash_c"] = self.produce("mash", 200)
        self.lots["garlic_2"] = self.produce("garlic_hummus", 200)
        # Mash B has 70 kg left after that: a large traditional batch uses it up.
        self.lots["trad_3"] = self.produce("traditional", 280)
        self.lots["trad_4"] = self.produce("traditional", 200)
        self.lots["beet_2"] = self.produce("beet_hummus", 200)
        self.inspect(but=2)

    def fill_the_shops(self):
        self.transfer(self.lots["trad_1"], 150, self.plant, self.depot)
        market = self.sell("wegner", traditional=96)
        self.sell("tops", traditional=180)
        self.sell("coop", traditional=48, garlic_hummus=36, beet_hummus=36)
        self.sell("vine", garlic_hummus=24)
        self.sell("bistro", beet_hummus=12)
        self.sell("tavern", garlic_hummus=18)
        self.sell("campus", beet_hummus=160)
        self.sell("inn", traditional=12)
        self.sell("distributor", warehouse=self.depot, traditional=120)
        self.take_back(market, 24)
        self.scrap(self.lots["garlic_1"], 6, self.plant)

    def leave_something_to_do(self):
        """Two orders wait, reserved: a recall has something to stop."""
        self.waiting = self.order("tops", traditional=60).picking_ids
        self.waiting |= self.order("coop", beet_hummus=30).picking_ids


def drill(env):
    """Rehearse the recall of the suspect chickpeas; return the stock.recall."""
    lot = env["stock.lot"].search([("name", "=", SUSPECT)], limit=1)
    reason = "Drill: stones found in a sack of chickpeas"
    recall = env["stock.recall"]._launch(lot, reason, kind="drill")
    recall.action_note_list()
    recall.action_note_reconciled()
    return recall


def report(recall):
    """Return the outcome of a recall as lines of text."""
    found = recall._outcome()
    rows = [
        ("lots affected", found["lots"]),
        ("units received or made", _amounts(found["units"])),
        ("consignees", found["consignees"]),
        ("with customers", _amounts(found["with_customers"])),
        ("on hand", _amounts(found["on_hand"])),
        ("time to trace", f"{found['seconds'] * 1000:.0f} ms"),
        ("reconciliation", f"{found['accounted_percent']:.1f} %"),
        ("completeness", f"{recall.drill_score:.1f} %"),
    ]
    suspects = recall.lot_ids.filtered(lambda line: not line.level).lot_id
    title = f"{recall.name}: what if {suspects.display_name} had to come back?"
    return [title, *(f"  {name:<24}{value}" for name, value in rows)]


def _amounts(by_unit):
    return ", ".join(f"{amount:g} {unit}" for unit, amount in sorted(by_unit.items()))


def main():
    config.parse_config([*sys.argv[1:], "--log-level=warn"], setup_logging=True)
    [database] = config["db_name"]
    with odoo.modules.registry.Registry(database).cursor() as cr:
        env = odoo.api.Environment(cr, odoo.SUPERUSER_ID, {})
        if not env["ir.config_parameter"].get_param(TOLD):
            print("  Telling the story: two remembered days, then this month …")
            Story(env).tell(datetime.now().date())
            cr.commit()
            env["stock.lot"]._cron_expire()
        admin = env.ref("base.user_admin")
        rehearsed = drill(env(user=admin))
        print("\n".join(report(rehearsed)))
        rehearsed.action_close()
        for recall in env["stock.recall"].search(
            [("is_drill", "=", False), ("date_start", "!=", False)], order="date_start"
        ):
            print("\n".join(outcome(recall)))
        cr.commit()
        print(checked_history(env))


def checked_history(env):
    """Return what a check of the history of all that was told says, as a line.

    :raises SystemExit: if it says that somebody has tampered with it
    """
    check = env["stock.lot.event.check"].create({"company_id": env.company.id})
    check.action_check()
    while check.state == "running":
        check._go_on(60)
    if check.state != "intact":
        raise SystemExit(f"  The history is {check.state}:\n{check.faults}")
    return f"History: {check.number} events, {check.state}"


if __name__ == "__main__":
    main()
