import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatFloat} from "@web/views/fields/formatters";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const RADIUS = 26;
const WIDTH = 240;
const HEIGHT = 56;

/** How far a recall has come: a ring per stage, the balance, and what the checks see. */
export class RecallProgress extends Component {
    static template = "batch_tracking.RecallProgress";
    static props = {...standardFieldProps};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get progress() {
        return this.props.record.data[this.props.name];
    }

    /** Those who have not come far, as sentences with a link each. */
    get worklist() {
        const {counts, units} = this.progress;
        const excess = units.filter((unit) => unit.excess > 0);
        return [
            {list: "waiting", count: counts.waiting, label: _t("have not answered")},
            {list: "dispute", count: counts.dispute, label: _t("say it is not theirs")},
            {
                list: "nameless",
                count: counts.nameless,
                label: _t("deliveries have no address"),
            },
            {
                list: "excess",
                count: excess.length,
                label: _t("units have too much told"),
            },
        ].filter(({count}) => count);
    }

    get rings() {
        const circumference = 2 * Math.PI * RADIUS;
        return this.progress.stages.map((stage) => {
            const share = stage.total ? stage.done / stage.total : 0;
            return {
                ...stage,
                dash: `${share * circumference} ${circumference}`,
                isDone: stage.total > 0 && stage.done >= stage.total,
            };
        });
    }

    get radius() {
        return RADIUS;
    }

    amount(quantity) {
        return formatFloat(quantity, {digits: [16, 2], trailingZeros: false});
    }

    /** A share of 0 to 1 as a percentage; a dash where there is nothing to share. */
    percent(share) {
        return share === null
            ? "–"
            : `${formatFloat(share * 100, {digits: [16, 2]})} %`;
    }

    figures(unit) {
        return [
            {list: "all", label: _t("Distributed"), value: unit.distributed},
            {list: "recovered", label: _t("Recovered"), value: unit.recovered},
            {list: "located", label: _t("Located, not back"), value: unit.located},
            {
                list: "unaccounted",
                label: _t("Unaccounted for"),
                value: unit.unaccounted,
            },
        ];
    }

    /** What was recovered over time, as points of a line. */
    line(unit) {
        const days = unit.days;
        if (days.length < 2 || !unit.distributed) {
            return "";
        }
        const first = new Date(days[0][0]).getTime();
        const span = new Date(days.at(-1)[0]).getTime() - first || 1;
        let sum = 0;
        const points = days.map(([day, quantity]) => {
            sum += quantity;
            const x = ((new Date(day).getTime() - first) / span) * WIDTH;
            const y = HEIGHT - Math.min(1, sum / unit.distributed) * HEIGHT;
            return `${x.toFixed(1)},${y.toFixed(1)}`;
        });
        return points.join(" ");
    }

    get checks() {
        return this.progress.checks;
    }

    async open(list) {
        const {resModel, resId} = this.props.record;
        this.action.doAction(
            await this.orm.call(resModel, "action_open_ledger", [[resId], list])
        );
    }

    async openChecks() {
        const {resModel, resId} = this.props.record;
        this.action.doAction(
            await this.orm.call(resModel, "action_open_checks", [[resId]])
        );
    }

    async raise(level) {
        const {resModel, resId} = this.props.record;
        this.action.doAction(
            await this.orm.call(resModel, "action_raise_check_level", [[resId], level])
        );
    }
}

registry.category("fields").add("recall_progress", {
    component: RecallProgress,
    supportedTypes: ["json"],
});
