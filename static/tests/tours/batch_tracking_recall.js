import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("batch_tracking_recall", {
    steps: () => [
        {
            content: "Numbers are pasted: ours and the supplier's",
            trigger: ".o_field_widget[name=number] textarea",
            run: "edit CP-1",
        },
        {trigger: ".o_field_widget[name=reason] textarea", run: "edit Stones"},
        {
            content: "The scopes stand side by side",
            trigger: "[data-figure=worst-lots]:contains(4)",
        },
        {trigger: "[data-figure=certain-lots]:contains(3)"},
        {
            content: "Below stands who has it, in the chosen scope",
            trigger: "[data-table=consignees] tbody:contains(Lake Bistro)",
        },
        {
            trigger: ".o_field_widget[name=scope] input[data-value=certain]",
            run: "click",
        },
        {trigger: "[data-table=consignees] tbody:not(:contains(Lake Bistro))"},
        {trigger: "[data-kind=lots]", run: "click"},
        {trigger: "[data-table=lots] tbody:contains(H-1):not(:contains(H-2))"},
        {trigger: ".o_field_widget[name=kind] input[data-value=drill]", run: "click"},
        {trigger: "button[name=launch]:contains(Run drill)", run: "click"},
        {
            trigger:
                "body:not(:has(.modal)) .o_field_widget[name=scope]:contains(Certain)",
        },
    ],
});
