import {registry} from "@web/core/registry";

const CONFIRM = {trigger: ".modal-footer .btn-primary", run: "click"};

registry.category("web_tour.tours").add("batch_tracking_recall_notices", {
    steps: () => [
        {
            content: "They are read and approved, then sent",
            trigger: "button[name=action_approve_notices]",
            run: "click",
        },
        CONFIRM,
        {
            trigger:
                "body:not(:has(.modal)) button[name=action_send_notices]:contains(Send notices)",
            run: "click",
        },
        CONFIRM,
        {
            trigger:
                "body:not(:has(.modal)):not(:has(button[name=action_send_notices])) .nav-link[name=notices]",
            run: "click",
        },
        {
            content: "The list of those that wait for the mail server",
            trigger:
                ".tab-pane.active button[name=action_open_notices]:contains(in the queue):contains(1)",
            run: "click",
        },
        {
            trigger: ".o_list_view .o_data_row:contains(Corner Market)",
        },
        {
            content: "Somebody rings while they are on their way",
            trigger: ".breadcrumb-item.o_back_button a, .o_back_button",
            run: "click",
        },
        {
            trigger: ".o_form_view .o_form_statusbar button:contains(Enter an answer)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=partner_id] input",
            run: "edit Corner",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Corner Market)",
            run: "click",
        },
        {
            trigger: ".modal .o_field_widget[name=contact_name] input",
            run: "edit Ann Lee",
        },
        {
            trigger: ".modal .o_data_row:contains(H-1) .o_data_cell[name=on_hand]",
            run: "click",
        },
        {
            trigger: ".modal .o_selected_row .o_data_cell[name=on_hand] input",
            run: "edit 30",
        },
        {
            trigger: ".modal .o_selected_row .o_data_cell[name=destroyed] input",
            run: "edit 10",
        },
        {trigger: ".modal button[name=enter]", run: "click"},
        {
            trigger:
                "body:not(:has(.modal)) button[name=action_open_answers]:contains(1)",
        },
    ],
});

registry.category("web_tour.tours").add("batch_tracking_recall_dashboard", {
    steps: () => [
        {
            content: "Who has not answered is a list",
            trigger:
                ".o_kanban_record:contains(Listeria):not(:contains(Drill)) button[name=action_open_silent]:contains(2)",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains(Lake Bistro)"},
        {trigger: ".o_back_button", run: "click"},
        {
            trigger:
                ".o_kanban_record:contains(Listeria):contains(Drill) button[name=action_open_lots]:contains(2)",
            run: "click",
        },
        {trigger: ".o_list_view .o_data_row:contains(H-2)"},
        {trigger: ".o_back_button", run: "click"},
        {
            content: "A card opens its recall",
            trigger:
                ".o_kanban_record:contains(Listeria):not(:contains(Drill)) .o_recall_reason",
            run: "click",
        },
        {trigger: ".o_form_view .nav-link[name=progress]", run: "click"},
        {
            content: "The rings say the same",
            trigger: ".o_recall_ring:contains(/ 2)",
        },
    ],
});

registry.category("web_tour.tours").add("batch_tracking_recall_drill", {
    steps: () => [
        {trigger: ".o_form_view .nav-link[name=drill]", run: "click"},
        {
            content: "The clock is stopped twice",
            trigger: "button[name=action_note_list]",
            run: "click",
        },
        {
            trigger:
                ".o_form_view:not(:has(button[name=action_note_list])) button[name=action_note_reconciled]",
            run: "click",
        },
        {
            content: "How well it went stands there",
            trigger:
                ".o_form_view:not(:has(button[name=action_note_reconciled])) .tab-pane.active .o_batch_tracking_value:contains(100)",
        },
        {
            trigger: ".o_field_widget[name=drill_remark] textarea",
            run: "edit Keep a second phone list",
        },
        {trigger: ".o_form_button_save", run: "click"},
        {
            trigger:
                ".o_form_saved, .o_form_readonly, .o_form_status_indicator_buttons.invisible",
        },
    ],
});
