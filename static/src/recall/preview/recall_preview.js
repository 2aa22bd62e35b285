import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useRecordObserver} from "@web/model/relational_model/utils";
import {formatFloat} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const KINDS = ["consignees", "places", "lots"];
const PAGE = 50;

/** What a recall would reach: each scope's figures, and who, where and what by page. */
export class RecallPreview extends Component {
    static template = "batch_tracking.RecallPreview";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.state = useState({
            kind: "consignees",
            offset: 0,
            total: 0,
            rows: [],
            more: null,
        });
        useRecordObserver((record) => this.load(record));
    }

    get preview() {
        return this.props.record.data[this.props.name];
    }

    get scopes() {
        const {selection} = this.props.record.fields.scope;
        const scopes = selection.map(([name, label]) => ({
            name,
            label,
            ...this.preview[name],
            ...(this.state.more && this.state.more[name]),
            isChosen: name === this.props.record.data.scope,
        }));
        if (!this.areAlike) {
            return scopes;
        }
        return scopes
            .filter(({isChosen}) => isChosen)
            .map((scope) => ({...scope, label: _t("All scopes")}));
    }

    /** Tell whether the scopes reach the same: then there is nothing to choose. */
    get areAlike() {
        const {certain, worst} = this.preview;
        return certain.lots === worst.lots;
    }

    get figures() {
        return [
            {key: "lots", label: _t("Batches")},
            {key: "consignees", label: _t("Consignees")},
            {key: "with_customers", label: _t("With customers")},
            {key: "on_hand", label: _t("On hand")},
            {key: "reserved", label: _t("of it reserved")},
            {key: "in_transit", label: _t("In transit")},
            {key: "value", label: _t("Value in stock")},
            {
                key: "open_orders",
                label: _t("Open orders and transfers that took some of it"),
            },
        ];
    }

    get kinds() {
        const labels = {
            consignees: _t("Who has it"),
            places: _t("On hand, by location"),
            lots: _t("Batches it reaches"),
        };
        return KINDS.map((kind) => ({kind, label: labels[kind]}));
    }

    get last() {
        return Math.min(this.state.offset + PAGE, this.state.total);
    }

    figure(scope, key) {
        const value = scope[key] ?? "…";
        if (typeof value === "number") {
            return formatFloat(value, {digits: [16, 0]});
        }
        if (typeof value === "string") {
            return value || _t("unknown");
        }
        const amounts = Object.entries(value).filter(([, amount]) => amount);
        return (
            amounts.map(([unit, amount]) => this.amount(amount, unit)).join(", ") || "0"
        );
    }

    amount(value, unit) {
        return `${formatFloat(value, {trailingZeros: false})} ${unit}`;
    }

    quantity(row) {
        return this.amount(row.quantity, row.unit);
    }

    async open(kind) {
        this.state.kind = kind;
        this.state.offset = 0;
        await this.load(this.props.record);
    }

    async turn(step) {
        this.state.offset = Math.max(0, this.state.offset + step * PAGE);
        await this.load(this.props.record);
    }

    /** Fetch what takes longer, for all scopes at once. */
    async loadMore(lotIds, leftOut) {
        const asked = JSON.stringify([lotIds, leftOut]);
        if (asked === this.askedMore || !lotIds.length) {
            return;
        }
        this.askedMore = asked;
        this.state.more = null;
        const more = await this.orm.call("stock.lot.recall", "get_more", [
            lotIds,
            leftOut,
        ]);
        if (asked === this.askedMore) {
            this.state.more = more;
        }
    }

    /** Fetch the page that is shown, of what is chosen now. */
    async load({data}) {
        const lotIds = data.lot_ids.currentIds;
        const leftOut = data.left_out_lot_ids.currentIds;
        const {scope} = data;
        this.loadMore(lotIds, leftOut);
        const asked = JSON.stringify([lotIds, leftOut, scope]);
        if (asked !== this.asked) {
            this.state.offset = 0;
        }
        this.asked = asked;
        if (!lotIds.length) {
            Object.assign(this.state, {rows: [], total: 0});
            return;
        }
        const {kind, offset} = this.state;
        const page = await this.orm.call("stock.lot.recall", "get_reached", [
            lotIds,
            leftOut,
            scope,
            kind,
            offset,
        ]);
        Object.assign(this.state, page, {shown: kind});
    }
}

registry.category("fields").add("recall_preview", {
    component: RecallPreview,
    supportedTypes: ["json"],
    fieldDependencies: [
        {name: "lot_ids", type: "many2many"},
        {name: "left_out_lot_ids", type: "many2many"},
        {name: "scope", type: "selection"},
    ],
});
