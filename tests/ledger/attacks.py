"""What somebody may try who wants held goods out, enumerated from the registry.

A row is a model, one of its records, one of its fields and a value: whatever could be
written, also what screens show read-only. A way is how it is written.
"""

import inspect
import random
import re
import sys
import zlib
from typing import Any, NamedTuple

import psycopg2

from odoo.exceptions import RedirectWarning, UserError
from odoo.fields import Command

#: What says where goods are, and which.
CORE = ("stock.lot", "stock.quant", "stock.move", "stock.move.line", "stock.location")
#: What these apps add to a model tells nothing of goods.
TALKING = {"mail", "portal", "rating", "sms", "web", "bus", "barcodes", "digest"}
AUTOMATIC = {"id", "create_uid", "create_date", "write_uid", "write_date"}
#: What a program of somebody who means harm comes back with: nothing was done.
REFUSALS = (
    RedirectWarning,
    UserError,
    psycopg2.Error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    NotImplementedError,
    RecursionError,
    TypeError,
    ValueError,
)
CONTEXT_KEY = re.compile(r"context\.get\(\s*['\"]([a-z_]+)['\"]")
#: What Odoo says of itself when it uninstalls an app, and anybody may say.
FORCED = {"_force_unlink": True}
#: More records of one model than these tell nothing new.
RECORDS = 2
VALUES = 2


class Attack(NamedTuple):
    model: str
    record_id: int
    field: str
    value: Any

    def __str__(self):
        return f"{self.model}({self.record_id}).{self.field} = {self.value!r}"


def models_at_stake(env):
    """Return the names of the models that have to do with goods, and keep records.

    Those that say where goods are, what hangs on them, and all of ours.
    """
    names = []
    for name in env.registry:
        model = env[name]
        if model._abstract or model._transient or not model._auto:
            continue
        comodels = {
            field.comodel_name
            for field in model._fields.values()
            if field.relational and field._module not in TALKING
        }
        is_ours = (model._original_module or "").startswith("batch_tracking")
        if is_ours or name in CORE or not comodels.isdisjoint(CORE):
            names.append(name)
    return names


def models_that_move(env):
    """Return the names of those that goods are moved by: moves, and their documents."""
    moving = {"stock.move", "stock.move.line"}
    return [
        name
        for name in models_at_stake(env)
        if name in CORE
        or any(
            field.relational and field.comodel_name in moving
            for field in env[name]._fields.values()
        )
    ]


def attacks(env, pool, names=None, most=RECORDS):
    """Yield every ``Attack`` on the records of a pool.

    :param dict pool: ``{model: records}`` of the scene
    :param names: of models; all that are at stake by default
    :param int most: records of each model
    """
    for name in names or models_at_stake(env):
        records = pool.get(name, env[name])
        for record in records[:most]:
            for field in record._fields.values():
                if _can_be_written(field):
                    for value in _values(field, record, pool)[:VALUES]:
                        yield Attack(name, record.id, field.name, value)


def _can_be_written(field):
    if field.name in AUTOMATIC or field._module in TALKING:
        return False
    return bool(field.store or field.inverse or field.related)


def _values(field, record, pool):
    """Return values that are worth trying for a field, others than it has."""
    now = record.sudo()[field.name]
    if field.type == "many2one":
        others = pool.get(field.comodel_name)
        ids = [*(others - now).ids[-2:]] if others is not None else []
        return [*ids, False] if now or not ids else ids
    if field.type in ("one2many", "many2many"):
        others = pool.get(field.comodel_name)
        link = [[Command.set(others.ids[-1:])]] if others else []
        return [*link, [Command.clear()]]
    simple = {
        "boolean": [not now],
        "integer": [0, 7],
        "float": [0.0, 7.0],
        "monetary": [0.0, 7.0],
        "char": ["Nothing"],
        "text": ["Nothing"],
        "date": ["2020-01-01"],
        "datetime": ["2020-01-01 12:00:00"],
    }
    if field.type == "selection":
        values = field.get_values(record.env)
        return [value for value in values if value != now][-VALUES:]
    return [value for value in simple.get(field.type, []) if value != now]


# -- ways of writing


def by_rpc(record, attack):
    record.write({attack.field: attack.value})


def by_form(record, attack):
    """Change a field on a screen, take what the screen makes of it, and save."""
    shown = {name: {} for name in record._fields if _is_plain(record._fields[name])}
    values = {attack.field: attack.value}
    answer = record.onchange(values, [attack.field], {**shown, attack.field: {}})
    made = {
        name: value
        for name, value in (answer.get("value") or {}).items()
        if record._fields[name].store and not isinstance(value, (list, dict))
    }
    record.web_save({**made, **values}, {"id": {}})


def _is_plain(field):
    is_relation = field.type in ("one2many", "many2many", "binary")
    return not is_relation and field.store and field._module not in TALKING


def by_nested_command(record, attack):
    """Write through a record that this one belongs to."""
    for field in record._fields.values():
        if field.type != "many2one" or not field.store or not record[field.name]:
            continue
        parent = record[field.name]
        for inverse in record.env.registry.field_inverses[field]:
            if inverse.model_name == parent._name and inverse.type == "one2many":
                change = Command.update(record.id, {attack.field: attack.value})
                parent.write({inverse.name: [change]})
                return
    raise UserError(record.env._("It belongs to nothing."))


def by_import(record, attack):
    field = record._fields[attack.field]
    column = attack.field + ("/.id" if field.relational else "")
    value = attack.value
    if isinstance(value, list):
        value = ",".join(str(id_) for id_ in value[0][2] or ())
    result = record.browse().load([".id", column], [[str(record.id), str(value)]])
    if not result["ids"]:
        raise UserError(str(result["messages"]))


def by_context(record, attack):
    """Write with a key of a context that the code of stock and ours looks at.

    One at a time: with all of them nothing is ever written. Which is by the attack.
    """
    keys = _context_keys()
    key = keys[zlib.crc32(str(attack).encode()) % len(keys)]
    record.with_context(**{key: True}).write({attack.field: attack.value})


def _context_keys():
    if not _KNOWN_KEYS:
        for name, module in list(sys.modules.items()):
            if re.match(r"odoo\.addons\.(stock|batch_tracking)\.(models|wizard)", name):
                _KNOWN_KEYS.update(CONTEXT_KEY.findall(inspect.getsource(module)))
    # What the ORM itself looks at.
    _KNOWN_KEYS.update(FORCED)
    return sorted(_KNOWN_KEYS - {"lang", "tz", "active_id", "active_ids"})


_KNOWN_KEYS = set()


def by_copy(record, attack):
    record.copy({attack.field: attack.value})


def by_force(record, attack):
    """Write as Odoo does that uninstalls an app: its guards of deletion are off."""
    record.with_context(**FORCED).write({attack.field: attack.value})


WAYS = {
    "rpc": by_rpc,
    "form": by_form,
    "nested": by_nested_command,
    "import": by_import,
    "context": by_context,
    "copy": by_copy,
    "force": by_force,
}


# -- methods


def methods(env, name):
    """Return the public methods of a model that need no argument."""
    cls, found = type(env[name]), []
    for method in dir(cls):
        function = getattr(cls, method)
        if method.startswith("_") or not inspect.isfunction(function):
            continue
        module = function.__module__.partition("odoo.addons.")[2].partition(".")[0]
        if not module or module in TALKING or _is_private(cls, method):
            continue
        parameters = list(inspect.signature(function).parameters.values())[1:]
        if all(_is_optional(parameter) for parameter in parameters):
            found.append(method)
    return found


def _is_optional(parameter):
    variadic = (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
    return parameter.default is not parameter.empty or parameter.kind in variadic


def _is_private(cls, method):
    return any(
        getattr(vars(base).get(method), "_api_private", False) for base in cls.__mro__
    )


def shuffled(items, seed):
    items = list(items)
    random.Random(seed).shuffle(items)
    return items
