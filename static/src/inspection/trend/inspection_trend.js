/* global Chart */
import {
    Component,
    onWillStart,
    onWillUnmount,
    useEffect,
    useRef,
    useState,
} from "@odoo/owl";
import {cookie} from "@web/core/browser/cookie";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {toScreen} from "../values";
import {trendChart} from "./inspection_trend_chart";

const RESULT = "stock.lot.inspection.result";
const EVERYTHING = {
    product_id: 0,
    supplier_id: 0,
    line: "",
    date_from: "",
    date_to: "",
};

/** How a characteristic develops over batches, suppliers and lines, with its limits. */
export class InspectionTrend extends Component {
    static template = "batch_tracking.InspectionTrend";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.canvas = useRef("canvas");
        this.state = useState({
            by: "supplier",
            options: {characteristic_id: 0, ...EVERYTHING},
            ...this.props.state?.trend,
            trend: null,
        });
        useSetupAction({
            getLocalState: () => ({
                trend: {by: this.state.by, options: {...this.state.options}},
            }),
        });
        onWillStart(() => this.start());
        useEffect(
            () => this.draw(),
            () => [this.state.trend, this.state.by]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    async start() {
        await loadBundle("web.chartjs_lib");
        this.choices = await this.orm.call(RESULT, "get_trend_choices", []);
        const {options} = this.state;
        options.characteristic_id ||=
            this.props.action.params?.characteristic_id || this.choices[0]?.id || 0;
        await this.load();
    }

    async load() {
        const {options} = this.state;
        if (options.characteristic_id) {
            this.state.trend = await this.orm.call(RESULT, "get_trend", [{...options}]);
        }
    }

    draw() {
        this.chart?.destroy();
        this.chart = null;
        if (this.canvas.el) {
            const configuration = trendChart(this.state.trend.points, {
                by: this.state.by,
                unit: this.chosen?.unit,
                isDark: cookie.get("color_scheme") === "dark",
                onOpen: (point) => this.open(point),
            });
            this.chart = new Chart(this.canvas.el, configuration);
        }
    }

    get chosen() {
        const id = this.state.options.characteristic_id;
        return this.choices.find((choice) => choice.id === id);
    }

    get figures() {
        return this.state.trend.figures;
    }

    number(text) {
        return `${toScreen("numeric", text)} ${this.chosen?.unit || ""}`.trim();
    }

    choose(ev) {
        const id = Number(ev.target.value);
        Object.assign(this.state.options, EVERYTHING, {characteristic_id: id});
        return this.load();
    }

    narrow(name, ev) {
        const {value} = ev.target;
        this.state.options[name] = name.endsWith("_id") ? Number(value) : value;
        return this.load();
    }

    /** Open the batch; of one that has been deleted, the inspection. */
    open({lot_id: lotId, inspection_id: inspectionId}) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: lotId ? "stock.lot" : "stock.lot.inspection",
            res_id: lotId || inspectionId,
            views: [[false, "form"]],
        });
    }
}

registry.category("actions").add("batch_tracking.inspection_trend", InspectionTrend);
