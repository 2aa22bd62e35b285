import {Component} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {formatFloat} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ROWS_SHOWN = 100;

/** What a recall would reach: batches, where they lie, and who has them. */
export class RecallPreview extends Component {
    static template = "batch_tracking.RecallPreview";
    static props = {...standardFieldProps};

    get preview() {
        return this.props.record.data[this.props.name];
    }

    get consigneeCount() {
        return new Set(this.preview.consignees.map((row) => row.partner)).size;
    }

    get earlyCount() {
        return this.preview.lots.filter((lot) => lot.is_too_early).length;
    }

    get tables() {
        const {lots, places, consignees} = this.preview;
        return [
            {key: "consignees", rows: consignees},
            {key: "places", rows: places},
            {key: "lots", rows: lots},
        ].map((table) => ({
            ...table,
            shown: table.rows.slice(0, ROWS_SHOWN),
            hidden: Math.max(0, table.rows.length - ROWS_SHOWN),
        }));
    }

    quantity(row) {
        return this.amount(row.quantity, row.unit);
    }

    amount(value, unit) {
        return `${formatFloat(value, {trailingZeros: false})} ${unit}`;
    }
}

registry.category("fields").add("recall_preview", {
    component: RecallPreview,
    supportedTypes: ["json"],
});
