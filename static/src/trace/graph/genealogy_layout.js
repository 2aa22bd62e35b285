/**
 * Where the nodes of a genealogy go: left to right, from suppliers to customers.
 *
 * dagre (static/lib/dagre, loaded when the first graph is shown) ranks them and keeps
 * crossings few. Its result is turned into plain objects that a template draws.
 */

/** Width of lots, and of suppliers and customers. */
const WIDTHS = {lot: 216, partner: 190};
/** Height of one row of text, and what is above and below all of them. */
export const ROW = {height: 19, padding: 9};
const GAP = {nodesep: 18, edgesep: 8, ranksep: 60};
/** Quantities are written on every edge up to so many, then on the chosen ones. */
export const LABELLED = 40;
const LABEL = {width: 56, height: 14, labelpos: "c"};
/** Network simplex is the finest ranking, and too slow from here on. */
const MANY = 150;

export function widthOf({type}) {
    return ["lot", "group"].includes(type) ? WIDTHS.lot : WIDTHS.partner;
}

function sizeOf(node) {
    const height = ROW.padding + ROW.height * node.rows.length;
    return {width: widthOf(node), height};
}

/**
 * @param {Object[]} nodes with a `key` and the `rows` that are written in them
 * @param {Object[]} edges with `source` and `target`, keys of nodes
 * @returns {{nodes: Object[], edges: Object[], width: number, height: number}} the same
 *     with `x`, `y`, `width`, `height`, or with a `path` and the middle `label`
 */
export function layOut(nodes, edges) {
    const {dagre} = globalThis;
    const graph = new dagre.graphlib.Graph();
    const ranker = nodes.length > MANY ? "longest-path" : "network-simplex";
    graph.setGraph({rankdir: "LR", ranker, marginx: 24, marginy: 24, ...GAP});
    graph.setDefaultEdgeLabel(() => ({}));
    for (const node of nodes) {
        graph.setNode(node.key, sizeOf(node));
    }
    const label = edges.length > LABELLED ? {} : LABEL;
    for (const edge of edges) {
        graph.setEdge(edge.source, edge.target, edge.unit ? {...label} : {});
    }
    dagre.layout(graph);
    const {width, height} = graph.graph();
    return {
        nodes: nodes.map((node) => placed(node, graph.node(node.key))),
        edges: edges.map((edge) => drawn(edge, graph)),
        width: Math.max(width || 0, WIDTHS.lot),
        height: Math.max(height || 0, ROW.height),
    };
}

function placed(node, {x, y, width, height}) {
    return {...node, x: x - width / 2, y: y - height / 2, width, height};
}

function drawn(edge, graph) {
    const {points, x, y} = graph.edge(edge.source, edge.target);
    const source = graph.node(edge.source);
    const target = graph.node(edge.target);
    const backwards = source.x > target.x;
    const side = backwards ? -1 : 1;
    const start = {x: source.x + (side * source.width) / 2, y: source.y};
    const end = {x: target.x - (side * target.width) / 2, y: target.y};
    const way = [start, ...points.slice(1, -1), end];
    return {
        ...edge,
        key: `${edge.source}>${edge.target}`,
        path: curve(way),
        label: x === undefined ? middle(way) : {x, y},
    };
}

/** A path that leaves and enters nodes level, through the points between. */
function curve(points) {
    let path = `M${points[0].x},${points[0].y}`;
    for (let index = 1; index < points.length; index++) {
        const from = points[index - 1];
        const to = points[index];
        const bend = (from.x + to.x) / 2;
        path += `C${bend},${from.y} ${bend},${to.y} ${to.x},${to.y}`;
    }
    return path;
}

function middle(points) {
    const half = Math.floor((points.length - 1) / 2);
    const [from, to] = [points[half], points[half + 1] || points[half]];
    return {x: (from.x + to.x) / 2, y: (from.y + to.y) / 2};
}

/**
 * What stays in sight when some nodes are collapsed: what is reached from the start
 * without passing through one of them.
 */
export function visibleKeys(nodes, edges, collapsed) {
    const next = new Map(nodes.map((node) => [node.key, []]));
    const previous = new Map(nodes.map((node) => [node.key, []]));
    for (const {source, target} of edges) {
        next.get(source).push(target);
        previous.get(target).push(source);
    }
    const starts = nodes.filter((node) => node.is_start).map((node) => node.key);
    const forward = walk(starts, next, collapsed);
    const back = walk(starts, previous, collapsed);
    return new Set([...forward, ...back]);
}

function walk(starts, following, collapsed) {
    const seen = new Set(starts);
    const queue = [...starts];
    while (queue.length) {
        const key = queue.pop();
        const further = collapsed.has(key) ? [] : following.get(key);
        for (const other of further) {
            if (!seen.has(other)) {
                seen.add(other);
                queue.push(other);
            }
        }
    }
    return seen;
}
