import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {InspectionCell} from "./inspection_cell";
import {useEntry} from "./inspection_entry";
import {useGridKeys} from "../../core/use_grid_keys";

/** Results of many inspections: rows are batches, columns are characteristics. */
export class InspectionLots extends Component {
    static template = "batch_tracking.InspectionLots";
    static components = {InspectionCell, Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        const params = this.props.action.params || {};
        this.ids = this.props.state?.inspectionIds || params.inspection_ids || [];
        this.state = useState({grids: []});
        this.entry = useState(useEntry((grids) => this.keep(grids)));
        this.onKeydown = useGridKeys();
        useSetupAction({getLocalState: () => ({inspectionIds: this.ids})});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.grids = await this.orm.call("stock.lot.inspection", "get_grids", [
            this.ids,
        ]);
    }

    keep(grids) {
        const byId = new Map(grids.map((grid) => [grid.id, grid]));
        this.state.grids = this.state.grids.map((grid) => byId.get(grid.id) || grid);
    }

    /** One column for each sample of each characteristic that any of them asks for. */
    get columns() {
        const columns = new Map();
        for (const row of this.state.grids.flatMap((grid) => grid.rows)) {
            for (const cell of row.cells) {
                const key = this.key(row, cell);
                if (!columns.has(key)) {
                    columns.set(key, {key, row, sample: cell.sample});
                }
            }
        }
        return [...columns.values()].sort((one, other) =>
            this.order(one, other, columns)
        );
    }

    order(one, other, columns) {
        const seen = [...columns.values()].map(({row}) => row.characteristic_id);
        const place = ({row}) => seen.indexOf(row.characteristic_id);
        return place(one) - place(other) || one.sample - other.sample;
    }

    title({row, sample}) {
        return row.cells.length > 1 ? `${row.name} ${sample}` : row.name;
    }

    key(row, cell) {
        return `${row.characteristic_id}-${cell.sample}`;
    }

    /** Return the row and the cell of a grid in a column, or nothing. */
    at(grid, column) {
        const id = column.row.characteristic_id;
        const row = grid.rows.find((one) => one.characteristic_id === id);
        const cell = row && row.cells.find(({sample}) => sample === column.sample);
        return cell && {row, cell, key: `${grid.id}-${column.key}`};
    }

    get ready() {
        return this.state.grids.filter((grid) => grid.is_open && this.isFull(grid));
    }

    isFull(grid) {
        return grid.rows
            .filter((row) => row.is_required)
            .every((row) => row.cells.every((cell) => cell.verdict !== "open"));
    }

    label(grid, column) {
        return _t("%(name)s of %(lot)s", {name: this.title(column), lot: grid.lot});
    }

    verdict(grid) {
        return grid.failed ? "fail" : this.isFull(grid) ? "pass" : "open";
    }

    enter(grid, {row, cell, key}, values) {
        const entry = {
            inspection_id: grid.id,
            characteristic_id: row.characteristic_id,
            sample: cell.sample,
            ...values,
        };
        return this.entry.enter(entry, key);
    }

    async complete() {
        await this.entry.saved();
        const ids = this.ready.map((grid) => grid.id);
        const question = await this.orm.call(
            "stock.lot.inspection",
            "action_complete",
            [ids]
        );
        if (question?.res_model) {
            // It must be signed: the password first, then the server goes on.
            await this.action.doAction(question, {onClose: () => this.told(ids)});
        } else {
            await this.told(ids);
        }
    }

    async told(ids) {
        await this.load();
        const done = this.state.grids.filter(
            (grid) => ids.includes(grid.id) && !grid.is_open
        );
        if (done.length) {
            this.notification.add(_t("%s inspections completed", done.length), {
                type: "success",
            });
        }
    }

    open(grid) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "stock.lot.inspection",
            res_id: grid.id,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("batch_tracking.inspection_lots", InspectionLots);
