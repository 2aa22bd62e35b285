import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("batch_tracking_hold", {
    steps: () => [
        {trigger: "button[name=action_set_disposition]:visible", run: "click"},
        {
            content: "Choose what it may do from now on",
            trigger: ".modal .o_field_widget[name=disposition_id] input",
            run: "edit On hold",
        },
        {
            trigger: ".modal .o-autocomplete--dropdown-item:contains(On hold)",
            run: "click",
        },
        {
            content: "See what that forbids",
            trigger:
                ".modal .o_batch_tracking_permissions .o_forbidden:contains(Deliver)",
        },
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit The lid is open",
        },
        {
            content: "See which transfer loses it",
            trigger: ".modal .o_batch_tracking_hold:contains(OUT)",
        },
        {trigger: ".modal footer button[name=apply]", run: "click"},
        {
            content: "See what was done",
            trigger: ".o_form_view .o_field_widget[name=picking_ids]:contains(OUT)",
        },
        {trigger: ".o_form_view .o_field_widget[name=reason]:contains(lid)"},
    ],
});

registry.category("web_tour.tours").add("batch_tracking_approve", {
    steps: () => [
        {
            content: "Nothing has changed yet",
            trigger: ".o_form_view .alert-warning:contains(another quality manager)",
        },
        {trigger: "button[name=action_approve]:visible", run: "click"},
        {trigger: ".o_arrow_button_current:contains(Done)"},
    ],
});
