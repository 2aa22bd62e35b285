import {Component, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useBus} from "@web/core/utils/hooks";
import {standardFieldProps} from "@web/views/fields/standard_field_props";
import {InspectionCell} from "./inspection_cell";
import {toScreen} from "../values";
import {useGridKeys} from "../../core/use_grid_keys";
import {useEntry} from "./inspection_entry";

/** All results of an inspection: rows are characteristics, columns are samples. */
export class InspectionGrid extends Component {
    static template = "batch_tracking.InspectionGrid";
    static components = {InspectionCell};
    static props = {...standardFieldProps};

    setup() {
        this.state = useState({grid: this.given(this.props)});
        this.entry = useState(useEntry(([grid]) => (this.state.grid = grid)));
        this.onKeydown = useGridKeys();
        useBus(this.props.record.model.bus, "NEED_LOCAL_CHANGES", ({detail}) =>
            detail.proms.push(this.entry.saved())
        );
        onWillUpdateProps((next) => {
            // Only what the server has just said is newer than what we have.
            if (this.given(next) !== this.given(this.props)) {
                this.state.grid = this.given(next);
            }
        });
    }

    given({record, name}) {
        return record.data[name];
    }

    get grid() {
        return this.state.grid;
    }

    get samples() {
        const most = Math.max(1, ...this.grid.rows.map((row) => row.cells.length));
        return Array.from({length: most}, (_sample, place) => place + 1);
    }

    get hasMean() {
        return this.grid.rows.some(
            (row) => row.kind === "numeric" && row.cells.length > 1
        );
    }

    /** The last cell of a short row takes the room of the others. */
    span(row, place) {
        const isLast = place === row.cells.length - 1;
        return isLast ? this.samples.length - place : 1;
    }

    get percent() {
        return Math.round((100 * this.grid.entered) / (this.grid.asked || 1));
    }

    label(row, cell) {
        return row.cells.length > 1
            ? _t("%(name)s, sample %(sample)s", {name: row.name, sample: cell.sample})
            : row.name;
    }

    mean(row) {
        return row.mean && `${toScreen("numeric", row.mean)} ${row.unit}`;
    }

    key(row, cell) {
        return `${row.characteristic_id}-${cell.sample}`;
    }

    enter(row, cell, values) {
        const entry = {
            inspection_id: this.grid.id,
            characteristic_id: row.characteristic_id,
            sample: cell.sample,
            ...values,
        };
        return this.entry.enter(entry, this.key(row, cell));
    }

    onEquipment(row, ev) {
        this.enter(row, row.cells[0], {equipment: ev.target.value});
    }
}

registry.category("fields").add("inspection_grid", {
    component: InspectionGrid,
    supportedTypes: ["json"],
});
