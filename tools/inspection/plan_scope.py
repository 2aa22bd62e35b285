"""Which plans apply to goods: of those that fit, the most specific.

The product decides first, then the nearest category, the supplier, and the type of
operation. Plans that are equally specific apply together, and an additional plan
applies beside whatever else does.

>>> flour = Goods("receipt", product_id=7, category_ids=(3, 1), supplier_id=9)
>>> everything = Scope(1, "receipt")
>>> pulses = Scope(2, "receipt", category_id=3)
>>> metal = Scope(3, "receipt", is_additional=True)
>>> applying([everything, pulses, metal], flour)
[2, 3]
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Goods:
    """What came in: ids, 0 where there is none."""

    moment: str
    product_id: int
    #: the product's category, then its parent, and so on
    category_ids: tuple[int, ...] = ()
    supplier_id: int = 0
    operation_id: int = 0
    company_id: int = 0


@dataclass(frozen=True)
class Scope:
    """What a plan is for; 0 stands for any."""

    plan_id: int
    moment: str
    product_id: int = 0
    category_id: int = 0
    supplier_id: int = 0
    operation_id: int = 0
    company_id: int = 0
    is_additional: bool = False

    def fits(self, goods: Goods) -> bool:
        return (
            self.moment == goods.moment
            and self.product_id in (0, goods.product_id)
            and (not self.category_id or self.category_id in goods.category_ids)
            and self.supplier_id in (0, goods.supplier_id)
            and self.operation_id in (0, goods.operation_id)
            and self.company_id in (0, goods.company_id)
        )

    def rank(self, goods: Goods) -> tuple[bool, int, bool, bool]:
        """Return how specific the plan is: the greater wins."""
        nearness = 0
        if self.category_id:
            categories = goods.category_ids
            nearness = len(categories) - categories.index(self.category_id)
        return (
            bool(self.product_id),
            nearness,
            bool(self.supplier_id),
            bool(self.operation_id),
        )


def applying(scopes: Sequence[Scope], goods: Goods) -> list[int]:
    """Return the ids of the plans that apply, in the order of ``scopes``."""
    fitting = [scope for scope in scopes if scope.fits(goods)]
    ranks = [scope.rank(goods) for scope in fitting if not scope.is_additional]
    best = max(ranks, default=None)
    return [
        scope.plan_id
        for scope in fitting
        if scope.is_additional or scope.rank(goods) == best
    ]
