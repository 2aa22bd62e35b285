import {patch} from "@web/core/utils/patch";
import {TraceabilityReport} from "@stock/client_actions/stock_traceability_report_backend";

/** Odoo's own report of movements leads to the genealogy of its batches as well. */
patch(TraceabilityReport.prototype, {
    get lotIds() {
        const ids = this.state.lines.map((line) => line.lot_id);
        return [...new Set(ids.filter(Boolean))];
    },

    openGenealogy() {
        return this.actionService.doAction({
            type: "ir.actions.client",
            tag: "batch_tracking.genealogy",
            params: {lot_ids: this.lotIds, view: "graph"},
        });
    },
});
