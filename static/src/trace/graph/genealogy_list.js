import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {amount, count, day, linesOf} from "./genealogy_texts";

/** The same as a table, level by level, for those who prefer one. */
export class GenealogyList extends Component {
    static template = "batch_tracking.GenealogyList";
    static props = {
        nodes: Array,
        edges: Array,
        selected: {type: String, optional: true},
        onSelect: Function,
        onActivate: Function,
    };

    setup() {
        this.texts = {amount, count, day, linesOf};
    }

    /** Levels from the first supplier's goods to the last product. */
    get levels() {
        const levels = new Map();
        for (const node of this.props.nodes) {
            if (node.type === "lot" || node.type === "group") {
                levels.set(node.level, [...(levels.get(node.level) || []), node]);
            }
        }
        return [...levels.entries()]
            .sort(([one], [other]) => one - other)
            .map(([level, nodes]) => ({level, title: this.title(level), nodes}));
    }

    title(level) {
        if (!level) {
            return _t("This batch");
        }
        return level < 0
            ? _t("Went into it, level %s", -level)
            : _t("Made of it, level %s", level);
    }

    path(node) {
        return node.path ? amount(node.path.proportional, node.path.unit) : "";
    }
}
