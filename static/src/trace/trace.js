import {Component, onWillStart, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatFloat} from "@web/views/fields/formatters";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

/** Every ancestor or descendant of one batch, level by level. */
export class Trace extends Component {
    static template = "batch_tracking.Trace";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        const {lot_id: lotId, direction} = this.props.action.params;
        this.state = useState({lotId, direction, picture: null});
        onWillStart(() => this.load());
    }

    async load() {
        this.state.picture = await this.orm.call("stock.lot", "get_trace", [
            [this.state.lotId],
            this.state.direction,
        ]);
    }

    get isBack() {
        return this.state.direction === "back";
    }

    get title() {
        return this.isBack ? _t("What it was made from") : _t("What it became");
    }

    get emptyText() {
        return this.isBack
            ? _t("No ingredients are recorded: it was received, not made here.")
            : _t("Nothing has been made from it so far.");
    }

    get count() {
        return this.state.picture.levels.reduce((sum, lots) => sum + lots.length, 0);
    }

    quantity(value, unit) {
        return `${formatFloat(value, {trailingZeros: false})} ${unit}`;
    }

    expiry(lot) {
        return lot.expiry ? formatDate(deserializeDateTime(lot.expiry)) : "";
    }

    async turn(direction) {
        this.state.direction = direction;
        await this.load();
    }

    open(lotId) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "stock.lot",
            res_id: lotId,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("batch_tracking.trace", Trace);
