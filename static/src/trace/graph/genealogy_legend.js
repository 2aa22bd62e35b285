import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {INSPECTIONS} from "./genealogy_texts";

const LINES = {
    exact: _t("Exact: it went there"),
    proportional: _t("Proportional: shared by quantity"),
    possible: _t("Possible: one of several"),
    too_early: _t("Made before: by its dates it cannot have any"),
    gap: _t("Trace gap: no batch is known"),
};

/** What colours, lines and signs mean: those that are drawn, and no others. */
export class GenealogyLegend extends Component {
    static template = "batch_tracking.GenealogyLegend";
    static props = {nodes: Array, edges: Array};

    get dispositions() {
        const states = this.props.nodes.flatMap(
            (node) => node.states || [{color: node.color, name: node.disposition}]
        );
        const colors = new Map(states.map(({name, color}) => [name, color]));
        return [...colors]
            .filter(([name]) => name)
            .map(([name, color]) => ({name, color}));
    }

    get lines() {
        const kinds = new Set(
            this.props.edges.map((edge) => {
                if (edge.is_too_early) {
                    return "too_early";
                }
                return edge.kinds[0] === "gap" ? "gap" : edge.attribution;
            })
        );
        return Object.entries(LINES)
            .filter(([kind]) => kinds.has(kind))
            .map(([kind, text]) => ({kind, text}));
    }

    get inspections() {
        const states = new Set(this.props.nodes.map((node) => node.inspection));
        return Object.entries(INSPECTIONS)
            .filter(([state]) => states.has(state))
            .map(([state, {sign, words}]) => ({state, sign, text: words}));
    }

    get hasGroups() {
        return this.props.nodes.some((node) => node.type === "group");
    }

    /** Open where there is room for it. */
    get isOpen() {
        return !this.env.isSmall;
    }
}
