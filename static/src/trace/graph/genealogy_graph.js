import {Component, onMounted, onPatched, useEffect, useRef} from "@odoo/owl";
import {INSPECTIONS, amount, sentenceOf} from "./genealogy_texts";
import {LABELLED, ROW, layOut, widthOf} from "./genealogy_layout";
import {downloadPng, downloadSvg} from "./genealogy_export";
import {GenealogyLegend} from "./genealogy_legend";
import {rowsOf} from "./genealogy_rows";

const STEP = 1.25;
const SCALES = {least: 0.15, most: 2.5};
/** Smaller nobody reads the nodes: on a phone, held further away, they are larger. */
const READABLE = {narrow: 1, wide: 0.65};
const NARROW = 600;
const MOVES = {
    ArrowRight: [1, 0],
    ArrowLeft: [-1, 0],
    ArrowDown: [0, 1],
    ArrowUp: [0, -1],
};

/** Draws nodes and edges; pans, zooms, follows the keyboard and exports. */
export class GenealogyGraph extends Component {
    static template = "batch_tracking.GenealogyGraph";
    static components = {GenealogyLegend};
    static props = {
        nodes: Array,
        edges: Array,
        selected: {type: String, optional: true},
        collapsed: Object,
        name: String,
        onSelect: Function,
        onActivate: Function,
        onCollapse: Function,
    };

    setup() {
        this.svg = useRef("svg");
        this.stage = useRef("stage");
        this.view = {x: 0, y: 0, scale: 1};
        this.drag = null;
        this.pointers = new Map();
        this.texts = {INSPECTIONS, amount};
        this.rowHeight = ROW.height;
        useEffect(
            () => this.fit(),
            () => [this.props.nodes]
        );
        onMounted(() => this.tell());
        onPatched(() => this.tell());
    }

    get layout() {
        return layoutOf(this.props.nodes, this.props.edges);
    }

    tell() {
        performance.mark("genealogy-drawn");
    }

    /** Look at another part: moves the drawing, which is not drawn again for that. */
    look(view) {
        Object.assign(this.view, view);
        const {x, y, scale} = this.view;
        this.stage.el.setAttribute("transform", `translate(${x},${y}) scale(${scale})`);
    }

    get showsAllLabels() {
        return this.props.edges.length <= LABELLED;
    }

    isNear(edge) {
        const {selected} = this.props;
        return [edge.source, edge.target, edge.key].includes(selected);
    }

    /** Segments of the colour bar: one per disposition, as tall as its share. */
    bars(node) {
        if (node.type === "lot") {
            return [{color: node.color, y: 0, height: node.height}];
        }
        let y = 0;
        return (node.states || []).map(({color, count}) => {
            const height = (node.height * count) / node.count;
            y += height;
            return {color, y: y - height, height};
        });
    }

    // -- looking around

    fit() {
        const box = this.svg.el.getBoundingClientRect();
        const {width, height, nodes} = this.layout;
        const whole = Math.min(1, box.width / width, box.height / height);
        const readable = box.width < NARROW ? READABLE.narrow : READABLE.wide;
        const scale = Math.max(whole, readable);
        const start = nodes.find((node) => node.is_start) || {
            x: 0,
            y: 0,
            width,
            height,
        };
        this.look({
            scale,
            x: place(box.width, width, start.x + start.width / 2, scale),
            y: place(box.height, height, start.y + start.height / 2, scale),
        });
    }

    showAll() {
        const box = this.svg.el.getBoundingClientRect();
        const {width, height} = this.layout;
        const whole = Math.min(1, box.width / width, box.height / height);
        const scale = Math.max(whole, SCALES.least);
        this.look({
            scale,
            x: (box.width - width * scale) / 2,
            y: (box.height - height * scale) / 2,
        });
    }

    zoom(factor, at) {
        const box = this.svg.el.getBoundingClientRect();
        const point = at || {x: box.width / 2, y: box.height / 2};
        const {x, y, scale} = this.view;
        const next = Math.min(SCALES.most, Math.max(SCALES.least, scale * factor));
        this.look({
            scale: next,
            x: point.x - ((point.x - x) * next) / scale,
            y: point.y - ((point.y - y) * next) / scale,
        });
    }

    zoomIn() {
        this.zoom(STEP);
    }

    zoomOut() {
        this.zoom(1 / STEP);
    }

    onWheel(ev) {
        const box = this.svg.el.getBoundingClientRect();
        const at = {x: ev.clientX - box.left, y: ev.clientY - box.top};
        this.zoom(ev.deltaY < 0 ? STEP : 1 / STEP, at);
    }

    onPointerDown(ev) {
        this.pointers.set(ev.pointerId, {x: ev.clientX, y: ev.clientY});
        this.drag = {moved: false};
    }

    onPointerMove(ev) {
        const before = this.pointers.get(ev.pointerId);
        if (!before) {
            return;
        }
        const now = {x: ev.clientX, y: ev.clientY};
        const others = [...this.pointers.entries()].filter(
            ([id]) => id !== ev.pointerId
        );
        this.pointers.set(ev.pointerId, now);
        if (others.length) {
            const [, other] = others[0];
            const factor = distance(now, other) / (distance(before, other) || 1);
            this.zoom(factor, this.between(now, other));
            this.drag.moved = true;
            return;
        }
        const {x, y} = this.view;
        this.look({x: x + now.x - before.x, y: y + now.y - before.y});
        this.drag.moved ||= distance(now, before) > 2;
    }

    /** The point of the drawing in the middle of two fingers. */
    between(one, other) {
        const box = this.svg.el.getBoundingClientRect();
        return {
            x: (one.x + other.x) / 2 - box.left,
            y: (one.y + other.y) / 2 - box.top,
        };
    }

    onPointerUp(ev) {
        this.pointers.delete(ev.pointerId);
    }

    /** Bring a node into sight and let the keyboard go on from there. */
    reveal(key) {
        const found = this.layout.nodes.find((node) => node.key === key);
        if (!found) {
            return;
        }
        const box = this.svg.el.getBoundingClientRect();
        const {scale} = this.view;
        this.look({
            x: box.width / 2 - (found.x + found.width / 2) * scale,
            y: box.height / 2 - (found.y + found.height / 2) * scale,
        });
    }

    // -- nodes

    onClick(node) {
        if (!this.drag?.moved) {
            this.props.onSelect(node);
        }
    }

    onKeydown(ev) {
        const actions = {"+": () => this.zoomIn(), "-": () => this.zoomOut()};
        actions[0] = () => this.showAll();
        const action = actions[ev.key];
        if (action) {
            action();
            ev.preventDefault();
        }
    }

    onNodeKeydown(ev, node) {
        const actions = {
            Enter: () => this.props.onActivate(node),
            " ": () => this.props.onCollapse(node),
        };
        const move = MOVES[ev.key];
        if (move) {
            this.step(node, move);
        } else if (actions[ev.key]) {
            actions[ev.key]();
        } else {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
    }

    /** Go to the nearest node in a direction; sideways counts double. */
    step(from, [dx, dy]) {
        let best = null;
        for (const node of this.layout.nodes) {
            const along = (node.x - from.x) * dx + (node.y - from.y) * dy;
            const aside = Math.abs((node.x - from.x) * dy + (node.y - from.y) * dx);
            const cost = along + 2 * aside;
            if (along > 1 && (!best || cost < best.cost)) {
                best = {node, cost};
            }
        }
        if (best) {
            this.props.onSelect(best.node);
            this.reveal(best.node.key);
            const selector = `[data-key="${best.node.key}"]`;
            this.svg.el.querySelector(selector).focus();
        }
    }

    // -- taking it away

    savePng() {
        return downloadPng(this.svg.el, this.layout, this.props.name);
    }

    saveSvg() {
        downloadSvg(this.svg.el, this.layout, this.props.name);
    }
}

/** The layout of nodes, as long as there are these: other nodes have their own. */
const layouts = new WeakMap();

function layoutOf(nodes, edges) {
    if (!layouts.has(nodes)) {
        // Once for a node: dates in the user's format take their time.
        const written = nodes.map((node) => ({
            ...node,
            rows: rowsOf(node, widthOf(node)),
            sentence: sentenceOf(node),
        }));
        layouts.set(nodes, layOut(written, edges));
        performance.mark("genealogy-laid-out");
    }
    return layouts.get(nodes);
}

function distance(from, to) {
    return Math.hypot(from.x - to.x, from.y - to.y);
}

/** Centre what fits; of what does not, show the start, and no empty margin. */
function place(room, size, start, scale) {
    if (size * scale <= room) {
        return (room - size * scale) / 2;
    }
    return Math.min(0, Math.max(room - size * scale, room / 2 - start * scale));
}
