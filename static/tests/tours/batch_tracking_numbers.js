import {registry} from "@web/core/registry";

/** Longer than typed patterns wait before they are read back, in milliseconds. */
const PAUSE = 600;

/** Choose `text` in the many2one field `name`. */
function choose(name, text) {
    return [
        {trigger: `.o_field_widget[name=${name}] input`, run: `edit ${text}`},
        {trigger: `.ui-menu-item > a:contains(${text})`, run: "click"},
    ];
}

const design = [
    {trigger: ".o_field_widget[name=name] input", run: "edit Tour pattern"},
    {
        content: "A ready pattern is chosen by clicking it",
        trigger: ".o_batch_tracking_gallery button:contains(European lot mark)",
        run: "click",
    },
    {trigger: ".o_field_widget[name=batch_example]:contains(/L[0-9]{8}-01/)"},
    {trigger: ".o_field_widget[name=batch_meaning]:contains(batch 1)"},
    {
        content: "A ready pattern that is chosen while one types is the one that stays",
        trigger: ".o_field_widget[name=batch_pattern] input",
        async run({anchor}) {
            anchor.value = "typed-{seq:2}";
            anchor.dispatchEvent(new Event("input", {bubbles: true}));
            [...document.querySelectorAll(".o_batch_tracking_gallery button")]
                .find((button) => button.textContent.includes("Plain counter"))
                .click();
            await new Promise((resolve) => setTimeout(resolve, PAUSE));
        },
    },
    {trigger: ".o_batch_tracking_gallery button.active:contains(Plain counter)"},
    {
        content: "A fault shows while it is typed",
        trigger: ".o_field_widget[name=batch_pattern] input",
        run: "edit {product}/{lot}",
    },
    {trigger: ".alert:contains(character 12):contains(no field “lot”)"},
    {
        trigger: ".o_field_widget[name=batch_pattern] input",
        run: "edit {product}/{yy}{doy}{seq:2}",
    },
    {trigger: ".o_field_widget[name=batch_example]:contains(/01.[0-9]{5}01/)"},
    {
        content: "Any number can be read",
        trigger: ".o_field_widget[name=batch_trial] input",
        run: "edit 07/2129304 && press Tab",
    },
    {trigger: ".o_field_widget[name=batch_trial_meaning]:contains(product 07)"},
    {trigger: ".o_form_button_save", run: "click"},
    {trigger: ".o_form_saved, .o_form_status_indicator_buttons.invisible"},
];

const generate = [
    ...choose("partner_id", "Finger Lakes Pulses"),
    {trigger: ".o_field_x2many_list_row_add > a", run: "click"},
    ...choose("product_id", "Tour Hummus"),
    {trigger: ".o_field_widget[name=product_uom_qty] input", run: "edit 30"},
    {trigger: "button[name=action_confirm]", run: "click"},
    {trigger: ".o_arrow_button_current:contains(Ready)"},
    {trigger: "button[name=action_show_details]", run: "click"},
    {trigger: ".modal button:contains(Generate Serials/Lots)", run: "click"},
    {
        content: "The dialog shows the next number and takes none",
        trigger: ".modal input[id=next_serial_0][placeholder^='01/']",
    },
    {trigger: ".modal input#next_serial_count_0", run: "edit 10"},
    {trigger: ".modal .btn-primary:contains(Generate)", run: "click"},
    {trigger: ".modal .o_data_row:nth-child(3):contains(/01.[0-9]{5}03/)"},
    {
        trigger: ".modal .o_data_row:first td[name=supplier_lot_name]",
        run: "click",
    },
    {
        trigger: ".modal .o_field_widget[name=supplier_lot_name] input",
        run: "edit FL-99",
    },
    {trigger: ".modal .o_form_button_save", run: "click"},
    {trigger: "body:not(:has(.modal))"},
    {trigger: "button[name=button_validate]:visible", run: "click"},
    {trigger: ".o_arrow_button_current:contains(Done)"},
    {
        content: "What came in is named, and each number opens its batch",
        trigger: ".o_field_batch_links a:contains(/01.[0-9]{5}03/)",
        run: "click",
    },
    {trigger: ".o_batch_tracking_banner"},
    {trigger: ".o_breadcrumb a:contains(/IN/), .o_back_button", run: "click"},
    {trigger: ".o_field_batch_links a:contains(/01.[0-9]{5}03/)"},
];

registry.category("web_tour.tours").add("batch_tracking_design", {
    steps: () => design,
});
registry.category("web_tour.tours").add("batch_tracking_generate", {
    steps: () => generate,
});
