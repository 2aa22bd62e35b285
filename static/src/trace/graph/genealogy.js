import {Component, markRaw, onWillStart, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {loadBundle} from "@web/core/assets";
import {registry} from "@web/core/registry";
import {useBus, useService} from "@web/core/utils/hooks";
import {Layout} from "@web/search/layout";
import {useSetupAction} from "@web/search/action_hook";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {GenealogyGraph} from "./genealogy_graph";
import {GenealogyList} from "./genealogy_list";
import {GenealogyPanel} from "./genealogy_panel";
import {GenealogyWho} from "./genealogy_who";
import {visibleKeys} from "./genealogy_layout";

/** How many batches of a group one more click draws. */
const GROUP_STEP = 24;

/** Where batches came from and what they became, on one screen. */
export class Genealogy extends Component {
    static template = "batch_tracking.Genealogy";
    /** An address that names them leads here with what else it says as parameters. */
    static path = "genealogy";
    static displayName = _t("Genealogy");
    static components = {
        GenealogyGraph,
        GenealogyList,
        GenealogyPanel,
        GenealogyWho,
        Layout,
    };
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.notification = useService("notification");
        this.orm = useService("orm");
        this.input = useRef("number");
        const params = this.props.action.params || {};
        const {lot_ids: lotIds, view, ungrouped = false} = params;
        const start = lotIds ? startState(lotIds, view) : startOfAddress(params);
        start.ungrouped = ungrouped;
        this.state = useState(this.props.state?.genealogy || start);
        this.shown = useState({nodes: [], edges: []});
        useSetupAction({getLocalState: () => ({genealogy: this.toKeep()})});
        // The page may be loaded anew, or sent to somebody.
        useEffect(
            (lots, shows) => this.props.updateActionState?.({lots, shows}),
            () => [this.state.lotIds.join("-"), this.state.view]
        );
        useBus(useService("barcode").bus, "barcode_scanned", (ev) =>
            this.find(ev.detail.barcode)
        );
        onWillStart(() =>
            Promise.all([loadBundle("batch_tracking.graph_lib"), this.load()])
        );
    }

    toKeep() {
        const {lotIds, view, direction, opened, shown, ungrouped} = this.state;
        return {...startState(lotIds, view), direction, opened, shown, ungrouped};
    }

    async load() {
        if (!this.state.lotIds.length) {
            return;
        }
        const {direction, opened, shown, ungrouped} = this.state;
        const options = {direction, opened, shown, ungrouped};
        const graph = await this.orm.call("stock.lot", "get_genealogy", [
            this.state.lotIds,
            options,
        ]);
        // Replaced as a whole, never changed: nobody need watch each of its nodes.
        this.state.graph = markRaw(graph);
        const keys = new Set(graph.nodes.map((node) => node.key));
        if (!keys.has(this.state.selected)) {
            this.state.selected = graph.lots[0].key;
        }
        this.show();
    }

    /** Leave out what is collapsed. */
    show() {
        const {nodes, edges} = this.state.graph;
        const keys = visibleKeys(nodes, edges, this.state.collapsed);
        this.shown.nodes = markRaw(nodes.filter((node) => keys.has(node.key)));
        this.shown.edges = markRaw(
            edges.filter(({source, target}) => keys.has(source) && keys.has(target))
        );
    }

    // -- what to say

    get lots() {
        return this.state.graph.lots;
    }

    get title() {
        const [first, ...others] = this.lots;
        return others.length ? _t("%s batches", this.lots.length) : first.name;
    }

    get summary() {
        const {back, forward} = this.state.graph.counts;
        const parts = [];
        if (back !== undefined) {
            parts.push(madeFrom(back));
        }
        if (forward !== undefined) {
            parts.push(wentInto(forward));
        }
        const {made_before: madeBefore} = this.state.graph;
        if (madeBefore) {
            parts.push(_t("%s of them made before", madeBefore));
        }
        return parts.join(" · ");
    }

    get selected() {
        const {nodes, edges} = this.state.graph;
        const key = this.state.selected;
        return (
            nodes.find((node) => node.key === key) ||
            edges
                .map((edge) => ({
                    ...edge,
                    key: `${edge.source}>${edge.target}`,
                    type: "edge",
                }))
                .find((edge) => edge.key === key)
        );
    }

    get fileName() {
        return _t("Genealogy %s", this.title);
    }

    // -- what people do

    async turn(direction) {
        this.state.direction = direction;
        await this.load();
    }

    look(view) {
        this.state.view = view;
    }

    async toggleGroups() {
        this.state.ungrouped = !this.state.ungrouped;
        await this.load();
    }

    select(node) {
        this.state.selected = node.key;
    }

    /** Enter or a double click: a group opens, a batch takes the middle. */
    async activate(node) {
        this.state.selected = node.key;
        if (node.type === "group") {
            await this.open(node);
        } else if (node.type === "lot") {
            await this.focus(node.id);
        }
    }

    async open(node) {
        const {opened} = this.state;
        opened[node.group] = (opened[node.group] || 0) + GROUP_STEP;
        await this.load();
    }

    async regroup() {
        this.state.opened = {};
        this.state.shown = [];
        this.state.collapsed = new Set();
        await this.load();
    }

    collapse(node) {
        const collapsed = new Set(this.state.collapsed);
        if (!collapsed.delete(node.key)) {
            collapsed.add(node.key);
        }
        this.state.collapsed = collapsed;
        this.show();
    }

    async focus(lotId) {
        Object.assign(this.state, startState([lotId], this.state.view));
        await this.load();
    }

    // -- finding

    async onSearch(ev) {
        if (ev.key === "Enter") {
            await this.find(this.state.number);
        }
    }

    /** Go to what is drawn, draw what is in a group, or turn to another batch. */
    async find(number) {
        const wanted = number.trim().toLowerCase();
        if (!wanted) {
            return;
        }
        this.state.found = [];
        const drawn = this.shown.nodes.find((node) => {
            const numbers = [node.name, node.supplier_lot].filter(Boolean);
            return numbers.some((text) => text.toLowerCase() === wanted);
        });
        if (drawn) {
            this.state.selected = drawn.key;
            return;
        }
        const found = await this.orm.call("stock.lot", "find_by_number", [number]);
        if (!found.length) {
            this.notification.add(
                _t("There is no batch “%s”. Compare it with the label.", number),
                {type: "warning"}
            );
        } else if (found.length === 1) {
            await this.choose(found[0]);
        } else {
            this.state.found = found;
        }
    }

    async choose(lot) {
        this.state.found = [];
        this.state.number = "";
        if (this.state.graph) {
            this.state.shown = [...this.state.shown, lot.id];
            await this.load();
            const key = `lot-${lot.id}`;
            if (this.shown.nodes.some((node) => node.key === key)) {
                this.state.selected = key;
                return;
            }
        }
        await this.focus(lot.id);
    }

    async print() {
        const {lotIds} = this.state;
        const action = await this.orm.call("stock.lot", "action_print_trace", [lotIds]);
        await this.action.doAction(action);
    }

    download() {
        this.action.doAction({
            type: "ir.actions.act_url",
            url: `/batch_tracking/trace.xlsx?lots=${this.state.lotIds.join(",")}`,
            target: "download",
        });
    }
}

function madeFrom(count) {
    if (!count) {
        return _t("nothing went in");
    }
    return count === 1 ? _t("made from 1 batch") : _t("made from %s batches", count);
}

function wentInto(count) {
    if (!count) {
        return _t("nothing was made of it");
    }
    return count === 1 ? _t("went into 1 batch") : _t("went into %s batches", count);
}

/** What the address of the page says: which batches, in which view. */
function startOfAddress({lots, shows}) {
    const ids = String(lots ?? "")
        .split("-")
        .filter((id) => /^[1-9]\d{0,9}$/.test(id));
    const view = ["graph", "list", "who"].includes(shows) ? shows : "graph";
    return startState(ids.map(Number), view);
}

function startState(lotIds, view = "graph") {
    return {
        lotIds,
        view,
        direction: "both",
        opened: {},
        shown: [],
        ungrouped: false,
        collapsed: new Set(),
        selected: "",
        graph: null,
        number: "",
        found: [],
    };
}

registry.category("actions").add("batch_tracking.genealogy", Genealogy);
