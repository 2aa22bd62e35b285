import {registry} from "@web/core/registry";

registry.category("web_tour.tours").add("batch_tracking_overview", {
    steps: () => [
        {
            content: "Open the app, as everybody does",
            trigger: ".o_navbar_apps_menu button",
            run: "click",
        },
        {
            trigger:
                ".o_app[data-menu-xmlid='batch_tracking.batch_tracking_menu_root']",
            run: "click",
        },
        {
            content: "See what is held",
            trigger: ".o_card_held .o_batch_overview_row:contains(On hold)",
        },
        {
            content: "Open it",
            trigger: ".o_card_held button.o_batch_overview_head",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_cell:contains(TOUR-HELD)"},
        {
            content: "Go back to the overview",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb a:contains(Overview)",
            run: "click",
        },
        {
            content: "Begin where there is nothing yet",
            trigger: ".o_batch_overview_steps button[name=plan]",
            run: "click",
        },
        {trigger: ".o_view_nocontent:contains(No inspection plan yet)"},
    ],
});
