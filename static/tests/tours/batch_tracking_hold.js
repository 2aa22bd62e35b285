import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("batch_tracking_hold", {
    steps: () => [
        {trigger: "button[name=action_set_disposition]:visible", run: "click"},
        {
            content: "On hold is chosen already",
            trigger: ".modal .o_field_widget[name=disposition_id] input:value(On hold)",
        },
        {
            content: "Why is marked as what is missing",
            trigger: ".modal .o_field_widget[name=reason].o_required_modifier",
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
            content: "Be told what was done, with a link to the decision",
            trigger: ".o_notification:contains(BAD) a[href*='/odoo/holds/']",
        },
        {
            content: "Be on the batch still",
            trigger:
                "body:not(:has(.modal)) .o_batch_tracking_banner:contains(The lid is open)",
        },
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
