import {registry} from "@web/core/registry";

const cell = (row, column = 0) =>
    `.o_inspection_grid [data-row="${row}"][data-column="${column}"]`;

function expectFocus(row, column = 0) {
    return {
        content: `The cursor has moved to row ${row}, column ${column}`,
        // Not “:focus”: a browser without a screen has no focused page.
        trigger: cell(row, column),
        run({anchor}) {
            if (document.activeElement !== anchor) {
                throw new Error(`The cursor is at ${document.activeElement.outerHTML}`);
            }
        },
    };
}

registry.category("web_tour.tours").add("batch_tracking_inspection_grid", {
    steps: () => [
        {
            content: "An inspection waits",
            trigger: ".o_data_row td:contains(TOUR-CP1)",
            run: "click",
        },
        {trigger: ".o_inspection_count:contains(0 of 5 entered)"},
        {
            content: "What is no number is refused in words, and stays to be corrected",
            trigger: cell(0),
            run: "edit wet && press Enter",
        },
        {trigger: ".o_inspection_fault:contains(is no number)"},
        {trigger: cell(0), run: "edit 14.2 && press Enter"},
        {
            content: "Beyond the limit is said at once",
            trigger:
                "[data-characteristic=Moisture] .o_inspection_fault:contains(above 13 %)",
        },
        {trigger: ".o_inspection_progress:contains(1 failed)"},
        expectFocus(1),
        {trigger: cell(0, 1), run: "edit 12.1 && press ArrowRight"},
        expectFocus(0, 2),
        {trigger: cell(0, 2), run: "edit 12.3 && press ArrowDown"},
        expectFocus(1),
        {
            trigger: ".o_inspection_mean:contains(12.87 %)",
        },
        {
            content: "The first sample was typed wrongly",
            trigger: cell(0),
            run: "edit 12.2 && press Enter",
        },
        {trigger: "[data-characteristic=Moisture] .badge:contains(Passed)"},
        {trigger: cell(1), run: "select Yellow"},
        {trigger: "[data-characteristic=Colour] .badge:contains(Passed)"},
        {trigger: cell(2), run: "click"},
        {trigger: `${cell(2)}[aria-pressed=true]`},
        {trigger: ".o_inspection_count:contains(5 of 5 entered)"},
        {trigger: "button[name=action_complete]", run: "click"},
        {trigger: ".o_field_widget[name=state]:contains(Passed)"},
        {trigger: ".o_field_widget[name=disposition_id]:contains(Released)"},
        {
            content: "Nothing can be typed any more",
            trigger: ".o_inspection_grid:not(:has(input))",
        },
    ],
});

registry.category("web_tour.tours").add("batch_tracking_inspection_lots", {
    steps: () => [
        {
            content: "All inspections are chosen",
            trigger: "thead .o_list_record_selector input",
            run: "click",
        },
        {trigger: "button[name=action_open_grid]", run: "click"},
        {trigger: "tr[data-lot=TOUR-CP2]"},
        {trigger: cell(0), run: "edit 12 && press Tab"},
        {trigger: cell(0, 1), run: "edit 12 && press Tab"},
        {trigger: cell(0, 2), run: "edit 12 && press Tab"},
        {trigger: cell(0, 3), run: "select Yellow"},
        {trigger: cell(0, 4), run: "click"},
        {trigger: "tr[data-lot=TOUR-CP1] .badge:contains(Passed)"},
        {trigger: cell(1), run: "edit 19 && press Enter"},
        {trigger: "tr[data-lot=TOUR-CP2] .o_inspection_fault:contains(above 13 %)"},
        {trigger: ".o_inspection_complete:contains(Complete 1 finished)", run: "click"},
        {trigger: "tr[data-lot=TOUR-CP1] .o_inspection_verdict:contains(Passed)"},
    ],
});

registry.category("web_tour.tours").add("batch_tracking_inspection_trend", {
    steps: () => [
        {trigger: ".o_inspection_chart canvas"},
        {trigger: ".o_inspection_outside:contains(1)"},
        {
            trigger: "select[name=supplier]",
            run: "selectByLabel Lake Bistro",
        },
        {trigger: ".o_batch_tracking_figures:contains(14 %)"},
        {
            trigger: "input[name=date_to]",
            run({anchor}) {
                anchor.value = "2001-01-01";
                anchor.dispatchEvent(new Event("change", {bubbles: true}));
            },
        },
        {trigger: "p:contains(Nothing was measured that fits)"},
    ],
});
