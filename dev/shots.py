"""Take the README's screenshots from the running demo, headless."""

import re
import shutil
from dataclasses import dataclass

from dev import browser, demo, environment, paths, server
from dev.console import DevError, say

IMAGES = paths.ROOT / "docs" / "images"
#: The pictures that the store's page shows as well; the manifest names them.
STORE = paths.ROOT / "static" / "description"
IN_STORE = ("recall", "genealogy", "batch-numbers", "hold")
SECONDS = 90
SETTLED = """() => document.fonts.status === "loaded"
    && !document.querySelector(".o_loading_indicator, .o_blockUI")"""
# Avatars and the last animation come without telling.
SETTLING = 800


@dataclass(frozen=True)
class Shot:
    """One picture: where to go, what to click there, and what must be visible.

    In the path, `{stock.lot:name=01-2129304}` stands for the id of the record that
    has this value, and `{ref:module.name}` for the id of an XML id's record.
    """

    name: str
    path: str
    visible: str
    clicks: tuple = ()
    width: int = 1280
    height: int = 800


LOT = "/odoo/batches/{stock.lot:name=CP-7731}"
GENEALOGY = ("button[name=action_genealogy]",)
SHOTS = (
    Shot("overview", "/odoo/batch-overview", ".o_batch_overview_head"),
    Shot(
        "recall",
        "/odoo/recalls/{stock.recall:is_drill=True}",
        ".o_data_row:nth-child(9)",
        (".nav-link[name=consignees]",),
        height=1000,
    ),
    Shot("batch", LOT, ".o_form_view .badge", height=920),
    Shot("genealogy", LOT, ".o_genealogy_customer", GENEALOGY, width=1440),
    Shot(
        "genealogy-who",
        LOT,
        ".o_genealogy_who tr:nth-child(8)",
        ("button[name=action_who_has_it]",),
    ),
    Shot(
        "recall-wizard",
        LOT,
        ".o_batch_tracking_preview",
        ("button[name=action_recall]",),
    ),
    Shot(
        "hold",
        LOT,
        ".modal .o_form_view .o_field_widget[name=disposition_id]",
        ("button[name=action_set_disposition]",),
    ),
    Shot(
        "inspection",
        "/odoo/inspections/{stock.lot.inspection:state=accepted}",
        ".o_inspection_grid .badge",
    ),
    Shot("inspection-trend", "/odoo/inspection-trends", ".o_inspection_chart canvas"),
    Shot(
        "batch-numbers",
        "/odoo/action-batch_tracking.ir_sequence_batch_action"
        "/{ref:batch_tracking.ir_sequence_product_day_batch}",
        ".o_form_view code",
        height=860,
    ),
    Shot(
        "batch-origin",
        "/odoo/batches/{stock.lot:name=01-2129304}",
        ".o_field_widget[name=material_ids] .o_data_row",
        height=1540,
    ),
)


def take():
    """Take all shots."""
    from playwright.sync_api import Error, sync_playwright

    record = server.running()
    if not record:
        raise DevError("The demo is not being served. First: make demo")
    with environment.lock():
        executable = browser.ensure()
    IMAGES.mkdir(parents=True, exist_ok=True)
    address = f"http://localhost:{record['port']}"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(executable))
        for shot in SHOTS:
            try:
                _take(chromium, address, shot)
            except Error as error:
                raise DevError(
                    f"The shot {shot.name} fails: {error.message}"
                ) from error
        chromium.close()
    for name in IN_STORE:
        shutil.copy(IMAGES / f"{name}.png", STORE)


def _take(chromium, address, shot):
    size = {"width": shot.width, "height": shot.height}
    context = chromium.new_context(base_url=address, viewport=size)
    context.set_default_timeout(SECONDS * 1000)
    call(
        context,
        "/web/session/authenticate",
        {"db": demo.DATABASE, "login": "admin", "password": "admin"},
    )
    page = context.new_page()
    page.goto(_with_ids(context, shot.path))
    for selector in shot.clicks:
        page.locator(selector).first.click()
    page.locator(shot.visible).first.wait_for()
    page.wait_for_function(SETTLED)
    page.wait_for_timeout(SETTLING)
    image = IMAGES / f"{shot.name}.png"
    page.screenshot(path=image, animations="disabled", caret="hide")
    context.close()
    say(f"  {image.relative_to(paths.ROOT)}")


def _with_ids(context, path):
    """Put record ids in the place of what describes the records."""

    def record_id(match):
        model, text = match.groups()
        if model == "ref":
            return str(_xmlid(context, text))
        field, value = text.split("=", 1)
        return str(_search(context, model, field, value))

    return re.sub(r"\{([\w.]+):([^}]+)\}", record_id, path)


def _search(context, model, field, value):
    domain = [[field, "=", value]]
    arguments = {"args": [domain], "kwargs": {"limit": 1}}
    asked = {"model": model, "method": "search", **arguments}
    ids = call(context, "/web/dataset/call_kw", asked)
    if not ids:
        raise DevError(f"The demo has no {model} with {field} = {value}.")
    return ids[0]


def _xmlid(context, name):
    module, _dot, local = name.partition(".")
    domain = [["module", "=", module], ["name", "=", local]]
    arguments = {"args": [domain, ["res_id"]], "kwargs": {}}
    asked = {"model": "ir.model.data", "method": "search_read", **arguments}
    rows = call(context, "/web/dataset/call_kw", asked)
    if not rows:
        raise DevError(f"The demo has no record with the XML id {name}.")
    return rows[0]["res_id"]


def call(context, path, parameters):
    """Call Odoo's web client interface; the context keeps the session's cookie."""
    answer = context.request.post(
        path, data={"jsonrpc": "2.0", "method": "call", "params": parameters}
    ).json()
    if "error" in answer:
        raise DevError(f"{path}: {answer['error']['data']['message']}")
    return answer["result"]
