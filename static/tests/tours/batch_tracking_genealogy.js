import {registry} from "@web/core/registry";

const search = "#o_genealogy_number";

/** Press a key on the node that has the given text. */
function press(text, key) {
    return {
        trigger: `.o_genealogy_node:contains(${text})`,
        run({anchor}) {
            anchor.focus();
            anchor.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
        },
    };
}

registry.category("web_tour.tours").add("batch_tracking_genealogy_address", {
    steps: () => [
        {trigger: ".o_genealogy_head h1:contains(TOUR-CP)"},
        {trigger: ".o_genealogy_who h2:contains(On hand)"},
        {trigger: ".o_breadcrumb:contains(Genealogy)"},
    ],
});

registry.category("web_tour.tours").add("batch_tracking_genealogy", {
    steps: () => [
        {content: "It asks which batch", trigger: "h2:contains(Which batch?)"},
        {trigger: search, run: "edit TOUR-CP && press Enter"},
        {
            content: "Seventy batches are one group",
            trigger: ".o_genealogy_group:contains(70 batches)",
            run: "click",
        },
        {trigger: ".o_genealogy_expand_group", run: "click"},
        {
            content: "Some of them are expanded",
            trigger: ".o_genealogy_group:contains(46 batches)",
        },
        {
            content: "The start can be collapsed, and expanded again",
            trigger: ".o_genealogy_node.o_start",
            run: "click",
        },
        {trigger: ".o_genealogy_collapse", run: "click"},
        {trigger: ".o_genealogy_canvas:not(:has(.o_genealogy_group))"},
        {trigger: ".o_genealogy_collapse:contains(Expand)", run: "click"},
        {
            content: "A batch takes the middle",
            trigger: ".o_genealogy_lot:contains(TOUR-M05)",
            run: "click",
        },
        {trigger: ".o_genealogy_panel:contains(Delivered)"},
        {trigger: ".o_genealogy_focus", run: "click"},
        {trigger: ".o_genealogy_head h1:contains(TOUR-M05)"},
        {
            content: "Its customer and its supplier are there",
            trigger: ".o_genealogy_customer:contains(Corner Market)",
        },
        {trigger: ".o_genealogy_supplier:contains(Finger Lakes)"},
        {
            content: "A drawing of all of it is saved",
            trigger: ".o_genealogy_svg",
            async run(helpers) {
                const saved = [];
                const {createObjectURL} = URL;
                URL.createObjectURL = (blob) => {
                    saved.push(blob);
                    return createObjectURL.call(URL, blob);
                };
                await helpers.click();
                document.querySelector(".o_genealogy_png").click();
                for (let wait = 0; saved.length < 2 && wait < 100; wait++) {
                    await new Promise((resolve) => setTimeout(resolve, 50));
                }
                URL.createObjectURL = createObjectURL;
                const types = saved.map((blob) => blob.type).sort();
                if (types.join() !== "image/png,image/svg+xml") {
                    throw new Error(`Saved: ${types}`);
                }
                const svg = saved.find((blob) => blob.type === "image/svg+xml");
                const text = await svg.text();
                if (!text.includes("TOUR-M05") || !text.includes("Corner Market")) {
                    throw new Error("The drawing does not show the batch");
                }
            },
        },
        {trigger: ".o_genealogy_as_list", run: "click"},
        {trigger: ".o_genealogy_list td:contains(TOUR-CP)"},
        {trigger: ".o_genealogy_as_who", run: "click"},
        {trigger: ".o_genealogy_who td:contains(Corner Market)"},
        {trigger: ".o_genealogy_as_graph", run: "click"},
        {
            content: "A search goes to what is drawn",
            trigger: search,
            run: "edit tour-cp && press Enter",
        },
        {trigger: ".o_genealogy_panel h2:contains(TOUR-CP)"},
        press("TOUR-CP", "Enter"),
        {trigger: ".o_genealogy_head h1:contains(TOUR-CP)"},
    ],
});

registry.category("web_tour.tours").add("batch_tracking_core_traceability", {
    steps: () => [
        {
            content: "Odoo's own button",
            trigger: "button[name]:contains(Traceability)",
            run: "click",
        },
        {trigger: ".o_stock_reports_page:contains(TOUR-CP)"},
        {
            content: "leads to the genealogy as well",
            trigger: ".o_batch_tracking_genealogy",
            run: "click",
        },
        {trigger: ".o_genealogy_node.o_start:contains(TOUR-CP)"},
    ],
});
