import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";
import {
    ATTRIBUTIONS,
    INSPECTIONS,
    KINDS,
    amount,
    count,
    day,
    dayOnly,
    linesOf,
} from "./genealogy_texts";

const NO_LINKS = ["supplier", "customer", "gap"];

/** Beside the graph: what is chosen in it, and the timeline of its life. */
export class GenealogyPanel extends Component {
    static template = "batch_tracking.GenealogyPanel";
    static props = {
        node: Object,
        isCollapsed: Boolean,
        canRegroup: Boolean,
        onFocus: Function,
        onOpenGroup: Function,
        onRegroup: Function,
        onCollapse: Function,
    };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.texts = {
            ATTRIBUTIONS,
            INSPECTIONS,
            KINDS,
            amount,
            count,
            day,
            dayOnly,
            linesOf,
        };
        this.state = useState({timeline: [], links: []});
        onWillStart(() => this.load(this.props.node));
        onWillUpdateProps(({node}) => {
            if (node.key !== this.props.node.key) {
                return this.load(node);
            }
            return undefined;
        });
    }

    /** Whether the chosen edge links batches, not one and a partner. */
    get isLink() {
        return !NO_LINKS.includes(this.props.node.kinds[0]);
    }

    async load(node) {
        this.state.timeline = [];
        this.state.links = [];
        if (node.type === "lot") {
            this.state.timeline = await this.orm.call("stock.lot", "get_timeline", [
                [node.id],
            ]);
        } else if (node.type === "edge" && node.parent_id) {
            const ends = [[node.parent_id], node.child_id];
            this.state.links = await this.orm.call("stock.lot", "get_links_to", ends);
        }
    }

    openRecord(model, id) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}
