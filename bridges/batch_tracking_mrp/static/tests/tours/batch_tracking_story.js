import {registry} from "@web/core/registry";

/** Choose `text` in the many2one field `name`. */
function choose(name, text) {
    return [
        {trigger: `.o_field_widget[name=${name}] input`, run: `edit ${text}`},
        {trigger: `.ui-menu-item > a:contains(${text})`, run: "click"},
    ];
}

/** Open a menu of the Inventory app, from wherever we are. */
function inventoryMenu(section, item) {
    return [
        {trigger: ".o_navbar_apps_menu button", run: "click"},
        {trigger: '.o_app[data-menu-xmlid="stock.menu_stock_root"]', run: "click"},
        {trigger: ".o_menu_brand:contains(Inventory)"},
        {trigger: `button[data-menu-xmlid="${section}"]`, run: "click"},
        {trigger: `.o-dropdown-item[data-menu-xmlid="${item}"]`, run: "click"},
    ];
}

const produce = [
    ...choose("product_id", "Kitchen Hummus"),
    {trigger: ".o_field_widget[name=move_raw_ids] .o_data_row:contains(Mash)"},
    {trigger: "button[name=action_confirm]:enabled", run: "click"},
    {
        content: "The batch numbers itself",
        trigger: "button[name=action_generate_serial]",
        run: "click",
    },
    {trigger: ".o_field_widget[name=lot_producing_ids]:contains(01-)"},
    {trigger: "button[name=button_mark_done]:visible", run: "click"},
    {trigger: ".o_arrow_button_current:contains(Done)"},
];

const deliver = [
    ...inventoryMenu("stock.menu_stock_warehouse_mgmt", "stock.out_picking"),
    {trigger: ".o_list_button_add", run: "click"},
    ...choose("partner_id", "Corner Market"),
    {trigger: ".o_field_x2many_list_row_add > a", run: "click"},
    ...choose("product_id", "Kitchen Hummus"),
    {trigger: ".o_field_widget[name=product_uom_qty] input", run: "edit 8"},
    {trigger: "button[name=action_confirm]", run: "click"},
    {trigger: ".o_arrow_button_current:contains(Ready)"},
    {trigger: "button[name=button_validate]:visible", run: "click"},
    {trigger: ".o_arrow_button_current:contains(Done)"},
];

const trace = [
    ...inventoryMenu(
        "batch_tracking.batch_tracking_stock_menu",
        "batch_tracking.stock_lot_stock_menu"
    ),
    {trigger: ".o_data_row td[name=name]:contains(01-)", run: "click"},
    {trigger: "button[name=action_genealogy]", run: "click"},
    {trigger: ".o_genealogy_lot:contains(M-1)"},
    {trigger: ".o_genealogy_customer:contains(Corner Market)"},
    {trigger: ".o_genealogy_bar button:contains(Trace forward)", run: "click"},
    {trigger: ".o_genealogy_summary:contains(nothing was made of it)"},
    {trigger: ".o_genealogy_as_who", run: "click"},
    {trigger: ".o_genealogy_who td:contains(Corner Market)"},
    {trigger: ".breadcrumb-item:last a, .o_back_button", run: "click"},
];

const recall = [
    {trigger: "button[name=action_recall]", run: "click"},
    {trigger: ".modal td:contains(Corner Market)"},
    {trigger: ".modal button[name=check_complete]", run: "click"},
    {
        content: "Without a reason it says what is missing",
        trigger: ".modal .o_field_widget[name=reason].o_field_invalid",
    },
    {
        trigger: ".modal .o_field_widget[name=reason] textarea",
        run: "edit Metal found && click body",
    },
    {trigger: ".modal button[name=launch]:contains(Launch)", run: "click"},
    {trigger: ".modal:not(.o_inactive_modal) .modal-footer .btn-primary", run: "click"},
    {trigger: ".o_form_view .o_field_widget[name=name]:contains(RECALL/)"},
    {trigger: ".nav-link[name=consignees]", run: "click"},
    {trigger: ".o_data_row:contains(Corner Market):contains(8.00)"},
    {trigger: ".nav-link[name=lots]", run: "click"},
    {trigger: ".o_data_row .badge:contains(Recalled)"},
];

registry.category("web_tour.tours").add("batch_tracking_story", {
    steps: () => [...produce, ...deliver, ...trace, ...recall],
});
