"""The scene of the tests of inspections: a kitchen that looks at what it receives."""

from odoo.fields import Command

from ..common import KitchenCase

#: A picture of one pixel.
DOT = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9"
    "awAAAABJRU5ErkJggg=="
)


class InspectionCase(KitchenCase):
    """Chickpeas are looked at: moisture, colour, stones, a remark and a photo."""

    @classmethod
    def plan(cls, *characteristics, **values):
        """Return a plan for chickpeas at receipt, of characteristics as dicts."""
        asked = characteristics or (cls.moisture(),)
        return cls.env["stock.lot.inspection.plan"].create(
            {
                "name": "Pulses",
                "product_id": cls.chickpeas.id,
                "characteristic_ids": [Command.create(vals) for vals in asked],
                **values,
            }
        )

    @staticmethod
    def moisture(**values):
        """Return a characteristic: at most 13 %."""
        return {
            "name": "Moisture",
            "kind": "numeric",
            "unit": "%",
            "limits": "upper",
            "upper": 13,
            **values,
        }

    @staticmethod
    def colour(**values):
        return {
            "name": "Colour",
            "kind": "choice",
            "passing_options": "Yellow\nBeige",
            "failing_options": "Brown",
            **values,
        }

    @staticmethod
    def stones(**values):
        return {"name": "Free of stones", "kind": "passfail", **values}

    @classmethod
    def inspection(cls, lot, plan, **values):
        """Return an open inspection of a lot."""
        return cls.env["stock.lot.inspection"]._make(
            [
                {
                    "lot_id": lot.id,
                    "plan_id": plan.id,
                    "moment": plan.moment,
                    "company_id": cls.company.id,
                    **values,
                }
            ]
        )

    @classmethod
    def entry(cls, inspection, name, value, sample=1, **others):
        """Return one entry of ``enter_results``."""
        characteristic = inspection.plan_id.with_context(
            active_test=False
        ).characteristic_ids.filtered(lambda asked: asked.name == name)
        return {
            "inspection_id": inspection.id,
            "characteristic_id": characteristic.id,
            "sample": sample,
            "value": value,
            **others,
        }

    @classmethod
    def enter(cls, inspection, user=None, **values):
        """Type results: ``Moisture=12`` or, for samples, ``Moisture=[12, 13]``."""
        entries = [
            cls.entry(inspection, name.replace("_", " "), value, sample)
            for name, given in values.items()
            for sample, value in enumerate(
                given if isinstance(given, list) else [given], 1
            )
        ]
        inspections = inspection.with_user(user) if user else inspection
        return inspections.enter_results(entries)

    @classmethod
    def inspect(cls, inspection, user=None, **values):
        """Type results and complete the inspection."""
        cls.enter(inspection, user, **values)
        (inspection.with_user(user) if user else inspection).action_complete()
        return inspection

    @classmethod
    def delete_lot(cls, lot):
        """Delete a lot as only somebody with access to the database can."""
        cls.env.flush_all()
        cls.env.cr.execute("DELETE FROM stock_lot WHERE id = %s", [lot.id])
        cls.env.invalidate_all()

    @classmethod
    def result(cls, inspection, name, sample=1):
        return inspection.result_ids.filtered(
            lambda result: result.name == name and result.sample == sample
        )
