import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("batch_tracking_why", {
    steps: () => [
        {
            content: "What is too short for this customer is told",
            trigger: ".alert-warning:contains(SHORT):contains(20 days)",
        },
        {
            content: "Ask why this batch",
            trigger: "button[name=action_explain_removal]:visible",
            run: "click",
        },
        {trigger: ".modal .o_data_row:contains(HELD):contains(On hold)"},
        {trigger: ".modal .o_data_row:contains(SHORT):contains(asked for)"},
        {trigger: ".modal .o_data_row:contains(GOOD):contains(Taken)"},
        {trigger: ".modal footer button:contains(Close)", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});

registry.category("web_tour.tours").add("batch_tracking_override", {
    steps: () => [
        {trigger: "button[name=button_validate]:visible", run: "click"},
        {
            content: "Another batch than recommended needs a reason",
            trigger: ".modal:contains(SHORT):contains(is recommended)",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit The cold room was locked",
        },
        {trigger: ".modal footer button[name=apply]", run: "click"},
        {trigger: ".o_arrow_button_current:contains(Done)"},
        {trigger: ".o_navbar_apps_menu button", run: "click"},
        {
            trigger:
                '.o_app[data-menu-xmlid="batch_tracking.batch_tracking_menu_root"]',
            run: "click",
        },
        {trigger: ".o_menu_brand:contains(Batches)"},
        {
            trigger:
                'button[data-menu-xmlid="batch_tracking.batch_tracking_report_menu"]',
            run: "click",
        },
        {
            trigger:
                '.o-dropdown-item[data-menu-xmlid="batch_tracking.stock_removal_override_menu"]',
            run: "click",
        },
        {trigger: ".o_data_row:contains(GOOD):contains(The cold room was locked)"},
        {trigger: ".o_switch_view.o_graph", run: "click"},
        {trigger: ".o_graph_view canvas"},
    ],
});

registry.category("web_tour.tours").add("batch_tracking_simulate", {
    steps: () => [
        {trigger: "button[name=action_run]:visible", run: "click"},
        {trigger: ".o_data_row:contains(FEMAL)"},
        {trigger: ".o_data_row:contains(HIFO)"},
        {trigger: "button[name=action_chart]:visible", run: "click"},
        {trigger: ".o_graph_view canvas"},
    ],
});

registry.category("web_tour.tours").add("batch_tracking_ask", {
    steps: () => [
        {trigger: ".nav-link[name=sales_purchases]", run: "click"},
        {trigger: ".o_field_widget[name=transit_days] input", run: "edit 2"},
        {
            trigger:
                ".o_field_widget[name=shelf_life_ids] .o_field_x2many_list_row_add > a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=shelf_life_ids] [name=min_days] input",
            run: "edit 30",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible"},
    ],
});
