import {registry} from "@web/core/registry";

const CELL = (component, unit) =>
    `.modal .o_attribution_matrix input[aria-label="${component} in ${unit}"]`;

registry.category("web_tour.tours").add("batch_tracking_matrix", {
    steps: () => [
        {
            content: "The button may be behind “More”: then this opens it",
            trigger: "button[name=action_attribute]:visible, .o_button_more:visible",
            run: "click",
        },
        {
            trigger:
                ".modal .o_attribution_matrix, .o-dropdown--menu button[name=action_attribute]",
            run: "click",
        },
        {
            content: "Nothing is known yet",
            trigger: ".modal .o_attribution_matrix tfoot:contains(1 Units left)",
        },
        {
            content: "A click says that it is in there",
            trigger: CELL("CX1", "FX2"),
            run: "click",
        },
        {trigger: `${CELL("CX1", "FX2")}:value(1)`},
        {trigger: ".modal tfoot td:contains(1 / 1):contains(all placed)"},
        {trigger: ".modal tbody tr:contains(FX2):contains(complete)"},
        {
            content: "Too much is said in words",
            trigger: CELL("CX1", "FX1"),
            run: "edit 2 && press Enter",
        },
        {trigger: ".modal tfoot .text-danger:contains(2 Units too many)"},
        {trigger: CELL("CX1", "FX1"), run: "edit x && press Enter"},
        {trigger: ".modal .alert-danger:contains(is no quantity of CX1)"},
        {
            content: "Enter takes it out again",
            trigger: CELL("CX1", "FX1"),
            run: "press Enter",
        },
        {trigger: ".modal tfoot td:contains(1 / 1):contains(all placed)"},
        {
            content: "An arrow goes to the next cell, Enter fills it",
            trigger: CELL("CX1", "FX1"),
            run: "press ArrowRight",
        },
        {trigger: `${CELL("CX2", "FX1")}:focus`, run: "press Enter"},
        {trigger: `${CELL("CX2", "FX1")}:value(1)`},
        {
            content: "The list says the same",
            trigger: ".modal .nav-link:contains(List)",
            run: "click",
        },
        {trigger: ".modal .o_data_row:contains(CX2):contains(FX1)"},
        {
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Seen on the bench",
        },
        {trigger: ".modal button[name=apply]", run: "click"},
        {trigger: "body:not(:has(.modal))"},
    ],
});
