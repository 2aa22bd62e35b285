import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** Sentences that name batches: each number opens its batch, and the way back stays. */
export class BatchLinks extends Component {
    static template = "batch_tracking.BatchLinks";
    static props = {...standardFieldProps};

    setup() {
        this.action = useService("action");
    }

    get sentences() {
        return this.props.record.data[this.props.name];
    }

    open(event) {
        const link = event.target.closest("a[data-oe-id]");
        // With a key held down the browser opens it, in another tab.
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey) {
            return;
        }
        event.preventDefault();
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "stock.lot",
            res_id: Number(link.dataset.oeId),
            views: [[false, "form"]],
            context: {display_complete: true},
        });
    }
}

registry.category("fields").add("batch_links", {
    component: BatchLinks,
    supportedTypes: ["html"],
});
