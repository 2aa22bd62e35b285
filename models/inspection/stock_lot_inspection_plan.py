from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...tools.inspection.plan_scope import Goods, Scope, applying
from ...tools.inspection.skip_lot import EVERY, FIRST, ONE_IN, Rule
from ..base.ids import check_chosen, check_one
from .exceptions import PlanAsksNothingError

MOMENTS = [
    ("receipt", "At receipt"),
    ("production", "At production"),
    ("demand", "On demand"),
]
#: What a person chooses: each is shown by its name.
CHOSEN = ("product_id", "supplier_id", "picking_type_id")
#: A plan is just being saved, and checked when that is done. No caller can send it.
SAVING = object()


class StockLotInspectionPlan(models.Model):
    """What to look at, of which goods, when, and what follows from the outcome."""

    _name = "stock.lot.inspection.plan"
    _description = "Inspection Plan"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True)
    note = fields.Text("Instructions", help="What whoever inspects has to know.")
    # Of which goods
    moment = fields.Selection(
        MOMENTS, string="When", required=True, default="receipt", index=True
    )
    product_id = fields.Many2one("product.product", check_company=True, index=True)
    category_id = fields.Many2one("product.category", "Product category")
    supplier_id = fields.Many2one("res.partner", check_company=True)
    picking_type_id = fields.Many2one(
        "stock.picking.type", "Operation type", check_company=True
    )
    is_additional = fields.Boolean(
        "In addition",
        help="Applies beside other plans. Otherwise only the most specific applies: "
        "the product decides, then the nearest category, the supplier, the type of "
        "operation; plans that are equally specific apply together.",
    )
    # Which of them
    skip_rule = fields.Selection(
        [
            (EVERY, "Every batch"),
            (FIRST, "The first batch of a supplier"),
            (ONE_IN, "One batch in"),
        ],
        string="Inspect",
        required=True,
        default=EVERY,
        help="Counted by product and supplier. Others are skipped.",
    )
    skip_every = fields.Integer("One in", default=10)
    skip_label = fields.Char("Inspects", compute="_compute_skip_label")
    after_failure = fields.Integer(
        "After a failure, every batch for the next",
        help="As many batches are inspected, whatever the rule says.",
    )
    quarantine_until_inspected = fields.Boolean(
        "In quarantine until inspected",
        help="A batch that is to be inspected may not be used or delivered before.",
    )
    # What is looked at, and what follows
    characteristic_ids = fields.One2many(
        "stock.lot.inspection.characteristic", "plan_id", "Characteristics", copy=True
    )
    pass_disposition_id = fields.Many2one(
        "stock.lot.disposition",
        "When passed",
        required=True,
        ondelete="restrict",
        default=lambda self: self._default_disposition("released"),
    )
    fail_disposition_id = fields.Many2one(
        "stock.lot.disposition",
        "When failed",
        required=True,
        ondelete="restrict",
        default=lambda self: self._default_disposition("hold"),
    )
    # Who, until when
    user_id = fields.Many2one(
        "res.users", "Inspector", help="Who inspects, unless somebody else is asked to."
    )
    due_days = fields.Integer(
        "Due after", help="Days from receipt, production or request. 0: no due date."
    )
    inspection_count = fields.Integer(compute="_compute_inspection_count")

    _due_days_not_negative = models.Constraint(
        "CHECK(due_days >= 0)", "An inspection is not due before it is asked for."
    )

    @api.model
    def _default_disposition(self, code):
        return self.env["stock.lot"]._disposition(code)

    def _compute_inspection_count(self):
        counts = self.env["stock.lot.inspection"]._read_group(
            [("plan_id", "in", self.ids)], ["plan_id"], ["__count"]
        )
        by_plan = dict(counts)
        for plan in self:
            plan.inspection_count = by_plan.get(plan._origin, 0)

    @api.constrains("name", "active", "characteristic_ids")
    def _check_characteristics(self):
        self._check_asks_something()

    def _check_asks_something(self):
        """Refuse plans without characteristics, unless one is just being saved.

        :raises ValidationError: naming the plan and what to do
        """
        if self.env.context.get("batch_plan_saving") is SAVING:
            return
        for plan in self.exists():
            if plan.active and not plan.characteristic_ids:
                raise PlanAsksNothingError(plan)

    @api.depends("skip_rule", "skip_every", "moment")
    @api.depends_context("lang")
    def _compute_skip_label(self):
        labels = dict(self._fields["skip_rule"]._description_selection(self.env))
        for plan in self:
            label = "" if plan.moment == "demand" else labels.get(plan.skip_rule, "")
            if label and plan.skip_rule == ONE_IN:
                label = f"{label} {plan.skip_every}"
            plan.skip_label = label

    @api.constrains("skip_rule", "skip_every", "after_failure")
    def _check_skip_rule(self):
        for plan in self:
            if plan.skip_rule == ONE_IN and plan.skip_every < 1:
                raise ValidationError(
                    self.env._(
                        "The plan “%s” inspects one batch in how many? Type 1 or more.",
                        plan.name,
                    )
                )
            if plan.after_failure < 0:
                raise ValidationError(
                    self.env._(
                        "The plan “%s”: type how many batches are inspected after a "
                        "failure, or 0.",
                        plan.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        check_chosen(self, vals_list, CHOSEN)
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        check_chosen(self, [vals], CHOSEN)
        self.env.registry.clear_cache()
        # One characteristic may take the place of the last one in a single save.
        saving = self.with_context(batch_plan_saving=SAVING)
        result = super(StockLotInspectionPlan, saving).write(vals)
        self._check_asks_something()
        return result

    def onchange(self, values, field_names, fields_spec):
        check_chosen(self, [values], CHOSEN)
        return super().onchange(values, field_names, fields_spec)

    def unlink(self):
        self.env.registry.clear_cache()
        return super().unlink()

    def copy_data(self, default=None):
        return [
            {**vals, "name": self.env._("%s (copy)", plan.name)}
            for plan, vals in zip(self, super().copy_data(default), strict=True)
        ]

    # -- which plans apply

    @api.model
    @tools.ormcache()
    def _scopes(self):
        """Return a ``Scope`` of every plan, of all companies."""
        # sudo: whoever moves goods need not read plans; companies are told apart
        return tuple(plan._scope() for plan in self.sudo().search([]))

    def _scope(self):
        return Scope(
            plan_id=self.id,
            moment=self.moment,
            product_id=self.product_id.id or 0,
            category_id=self.category_id.id or 0,
            supplier_id=self.supplier_id.commercial_partner_id.id or 0,
            operation_id=self.picking_type_id.id or 0,
            company_id=self.company_id.id or 0,
            is_additional=self.is_additional,
        )

    @api.model
    def _applying(self, moment, product, supplier, operation, company):
        """Return the plans that apply to goods, most specific first.

        :param str moment: one of ``MOMENTS``
        :param supplier: res.partner, or none
        :param operation: stock.picking.type, or none
        """
        goods = Goods(
            moment,
            product.id,
            self._category_ids(product.categ_id),
            supplier.commercial_partner_id.id or 0,
            operation.id or 0,
            company.id or 0,
        )
        return self.browse(applying(self._scopes(), goods))

    @api.model
    def _category_ids(self, category):
        """Return the ids of a category and of all above it, the nearest first."""
        path = (category.parent_path or "").split("/")
        return tuple(int(id_) for id_ in reversed(path) if id_)

    def _skip_rule(self):
        return Rule(self.skip_rule, self.skip_every, self.after_failure)

    def _skip_reason(self):
        """Return why a batch was not inspected, for its history."""
        if self.skip_rule == ONE_IN:
            return self.env._(
                "The plan “%(plan)s” inspects one batch in %(every)s.",
                plan=self.name,
                every=self.skip_every,
            )
        return self.env._(
            "The plan “%s” inspects the first batch of a supplier.", self.name
        )

    # -- screens

    def action_open_inspections(self):
        check_one(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "batch_tracking.stock_lot_inspection_action"
        )
        return {
            **action,
            "domain": [("plan_id", "=", self.id)],
            "context": {},
            "name": self.env._("Inspections by %s", self.name),
        }
