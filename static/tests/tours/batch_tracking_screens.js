import {registry} from "@web/core/registry";

const option = (text) => `.modal .o-autocomplete--dropdown-item:contains(${text})`;

registry.category("web_tour.tours").add("batch_tracking_banner", {
    steps: () => [
        {
            content: "The form says at its top how the batch stands, and why",
            trigger:
                ".o_batch_tracking_banner:contains(On hold):contains(The lid is open)",
        },
        {
            trigger: ".o_batch_tracking_banner button[name=action_release]",
            run: "click",
        },
        {
            content: "“Released” is chosen",
            trigger:
                ".modal .o_field_widget[name=disposition_id] input:value(Released)",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Lids are tight",
        },
        {trigger: ".modal footer button[name=apply]", run: "click"},
        {
            content: "One is still where one was, and the form says it",
            trigger:
                ".o_batch_tracking_banner .alert-success:contains(Released):contains(tight)",
        },
    ],
});

registry.category("web_tour.tours").add("batch_tracking_banner_clerk", {
    steps: () => [
        {trigger: ".o_batch_tracking_banner:contains(ask quality)"},
        {trigger: ".o_batch_tracking_banner:not(:has(button[name=action_release]))"},
    ],
});

registry.category("web_tour.tours").add("batch_tracking_picker", {
    steps: () => [
        {trigger: ".o_data_row button[name=action_show_details]", run: "click"},
        {trigger: ".modal .o_data_row td[name=quant_id]", run: "click"},
        {trigger: ".modal .o_field_widget[name=quant_id] input", run: "edit WH"},
        {
            content: "What may go is said quietly",
            trigger: `${option("GOOD")}:has(b:contains(GOOD)):contains(Released)`,
        },
        {
            content: "What may not is grey, and says why",
            trigger: `${option("HELD")}:has(.text-muted:contains(HELD)):has(.badge:contains(On hold))`,
        },
        {trigger: ".modal .o_field_x2many_list_row_add a", run: "click"},
        {
            content: "So is it in the dialog that adds a line",
            trigger:
                ".modal:not(.o_inactive_modal) .o_data_row.text-muted:contains(HELD):contains(On hold)",
        },
        {
            trigger:
                ".modal:not(.o_inactive_modal) .o_data_row:not(.text-muted):contains(GOOD)",
        },
    ],
});

registry.category("web_tour.tours").add("batch_tracking_search", {
    steps: () => [
        {
            content: "What is on hand is shown first",
            trigger: ".o_data_row:contains(GOOD)",
        },
        {trigger: ".o_list_view:not(:has(.o_data_row:contains(GONE)))"},
        {trigger: ".o_searchview_facet:contains(On Hand)"},
        {trigger: ".o_searchview_input", run: "edit GONE"},
        {
            trigger: ".o_searchview_autocomplete .o-dropdown-item:contains(GONE)",
            run: "click",
        },
        {
            content: "Whoever knows the number finds the batch that has gone",
            trigger: ".o_data_row:contains(GONE)",
        },
        {trigger: ".o_searchview:not(:has(.o_searchview_facet:contains(On Hand)))"},
    ],
});
