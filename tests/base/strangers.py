"""People who must not learn anything of the kitchen, and what they may try."""

import inspect

from odoo.fields import Command
from odoo.tests import new_test_user

from .roles import our_models

OURS = "odoo.addons.batch_tracking"
#: Every right of ours and of Inventory, in another company.
ALL_RIGHTS = (
    "stock.group_stock_manager",
    "batch_tracking.group_quality_manager",
    "batch_tracking.group_recall_manager",
    "batch_tracking.group_batch_administrator",
)
#: Methods that all models have; what these do, access rights and other tests say.
OF_ALL_MODELS = {
    "copy",
    "copy_data",
    "create",
    "default_get",
    "init",
    "load",
    "onchange",
    "read",
    "unlink",
    "write",
}


def strangers(env):
    """Return ``{name: user}``: another company's, an employee, a portal, the public."""
    other = env["res.company"].create({"name": "Other Kitchen"})
    values = {"company_ids": [Command.set(other.ids)], "company_id": other.id}
    groups = {
        "everything elsewhere": ALL_RIGHTS,
        "employee elsewhere": ("base.group_user",),
        "portal": ("base.group_portal",),
        "public": ("base.group_public",),
    }
    users = {}
    for name, rights in groups.items():
        login = f"stranger-{name.replace(' ', '-')}"
        users[name] = new_test_user(env, login=login, groups=",".join(rights), **values)
    return users


def public_methods(env):
    """Yield ``(model, name, function)`` of what anybody may call of ours."""
    for name in env.registry:
        model = env[name]
        ours = _own_methods(type(model))
        for method, function in sorted(ours.items()):
            yield model, method, function


def _own_methods(cls):
    found = {}
    for base in cls.__mro__:
        if not base.__module__.startswith(OURS):
            continue
        for name, function in vars(base).items():
            is_public = inspect.isfunction(function) and not name.startswith("_")
            if is_public and name not in OF_ALL_MODELS:
                found.setdefault(name, function)
    return {
        name: function
        for name, function in found.items()
        if not any(
            getattr(vars(base).get(name), "_api_private", False) for base in cls.__mro__
        )
    }


def required(function):
    """Return the names of the arguments that a call must give."""
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return [
        parameter.name
        for parameter in parameters
        if parameter.default is parameter.empty
        and parameter.kind is parameter.POSITIONAL_OR_KEYWORD
    ]


def wizards(env):
    """Yield our screens that choose records."""
    for model in our_models(env):
        if model._transient:
            yield model
