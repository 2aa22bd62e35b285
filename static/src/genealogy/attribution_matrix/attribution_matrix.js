import {Component, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {formatFloat} from "@web/views/fields/formatters";
import {parseFloat} from "@web/views/fields/parsers";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {useGridKeys} from "../../core/use_grid_keys";

/** Quantities that differ by less are the same. */
const TINY = 1e-6;

/** Which component went into which unit: one product at a time. */
export class AttributionMatrix extends Component {
    static template = "batch_tracking.AttributionMatrix";
    static props = {...standardFieldProps};

    setup() {
        this.state = useState({productId: false, fault: ""});
        this.onArrow = useGridKeys();
    }

    get matrix() {
        return this.props.record.data[this.props.name] || {};
    }

    get product() {
        const products = this.matrix.products || [];
        return products.find(({id}) => id === this.state.productId) || products[0];
    }

    get units() {
        return this.matrix.units.filter((unit) =>
            this.product.columns.some((column) => column.units.includes(unit.id))
        );
    }

    choose(productId) {
        this.state.productId = Number(productId);
        this.state.fault = "";
    }

    quantity(column, unit) {
        return this.matrix.cells[`${column.id}-${unit.id}`] || 0;
    }

    shown(value) {
        return value ? formatFloat(value, {trailingZeros: false}) : "";
    }

    may(column, unit) {
        return column.units.includes(unit.id);
    }

    inColumn(column) {
        return this.sum(this.matrix.units.map((unit) => this.quantity(column, unit)));
    }

    inUnit(unit) {
        return this.sum(
            this.product.columns.map((column) => this.quantity(column, unit))
        );
    }

    sum(values) {
        return values.reduce((total, value) => total + value, 0);
    }

    share(unit) {
        return this.product.shares[unit.id] || 0;
    }

    /** What the total of a column comes to, beside what was consumed. */
    columnStatus(column) {
        const left = column.used - this.inColumn(column);
        const amount = `${this.shown(Math.abs(left))} ${this.product.uom}`;
        if (left < -TINY) {
            return {text: _t("%s too many", amount), css: "text-danger"};
        }
        return left > TINY
            ? {text: _t("%s left", amount), css: "text-warning"}
            : {text: _t("all placed"), css: "text-success"};
    }

    /** What the total of a unit comes to, beside its even share. */
    unitStatus(unit) {
        const lacks = this.share(unit) - this.inUnit(unit);
        const amount = `${this.shown(Math.abs(lacks))} ${this.product.uom}`;
        if (lacks < -TINY) {
            return {text: _t("%s more than its share", amount), css: "text-warning"};
        }
        return lacks > TINY
            ? {text: _t("%s not known", amount), css: "text-muted"}
            : {text: _t("complete"), css: "text-success"};
    }

    /** What a click puts into an empty cell: what the unit lacks, if it is left. */
    suggestion(column, unit) {
        const left = column.used - this.inColumn(column);
        const lacks = this.share(unit) - this.inUnit(unit);
        return Math.max(0, lacks > TINY ? Math.min(left, lacks) : left);
    }

    async onClick(column, unit, event) {
        const input = event.currentTarget;
        if (!this.quantity(column, unit)) {
            await this.set(column, unit, this.suggestion(column, unit));
        }
        input.select();
    }

    async onChange(column, unit, event) {
        const text = event.target.value.trim();
        try {
            const value = text ? parseFloat(text) : 0;
            if (value < 0) {
                throw new Error();
            }
            await this.set(column, unit, value);
        } catch {
            event.target.value = this.shown(this.quantity(column, unit));
            this.state.fault = _t(
                "“%(text)s” is no quantity of %(column)s. Type a number, or nothing.",
                {text, column: column.name}
            );
        }
    }

    /** Enter fills a cell or empties it, and stays; the arrows lead to the others. */
    async onKeydown(column, unit, event) {
        if (event.key !== "Enter") {
            return;
        }
        event.preventDefault();
        event.stopPropagation();
        if (event.target.value.trim() === this.shown(this.quantity(column, unit))) {
            const empty = !this.quantity(column, unit);
            const value = empty ? this.suggestion(column, unit) : 0;
            await this.set(column, unit, value);
        } else {
            await this.onChange(column, unit, event);
        }
    }

    async set(column, unit, value) {
        this.state.fault = "";
        const cells = {...this.matrix.cells, [`${column.id}-${unit.id}`]: value};
        await this.props.record.update({[this.props.name]: {...this.matrix, cells}});
    }

    label(column, unit) {
        return _t("%(column)s in %(unit)s", {column: column.name, unit: unit.name});
    }
}

registry.category("fields").add("attribution_matrix", {
    component: AttributionMatrix,
    supportedTypes: ["json"],
});
