import {useRef} from "@odoo/owl";

const CELL = "[data-row][data-column]";
/** A row weighs more than all columns there can be. */
const ROW = 1000;

/** Where the keys lead, seen from a cell: rows and columns to move by. */
const MOVES = {
    ArrowUp: [-1, 0],
    ArrowDown: [1, 0],
    ArrowLeft: [0, -1],
    ArrowRight: [0, 1],
};

function positionOf(cell) {
    return [Number(cell.dataset.row), Number(cell.dataset.column)];
}

/** Return the cell so many rows or columns away: the nearest there is. */
function neighbour(cells, from, [down, right]) {
    const [row, column] = positionOf(from);
    const isInWay = ([r, c]) =>
        right ? r === row && (c - column) * right > 0 : (r - row) * down > 0;
    // A short row's last cell reaches further right: what is to the left is nearer.
    const aside = (c) => (c > column ? ROW / 2 + c : column - c);
    const distance = (cell) => {
        const [r, c] = positionOf(cell);
        return Math.abs(r - row) * ROW + aside(c);
    };
    return cells
        .filter((cell) => isInWay(positionOf(cell)))
        .sort((nearer, other) => distance(nearer) - distance(other))[0];
}

/** Return the cell below, or at the end of a column the next one. */
function following(cells, from, isBack) {
    const step = isBack ? -1 : 1;
    return neighbour(cells, from, [step, 0]) || cells[cells.indexOf(from) + step];
}

/** Tell whether a key leaves a text: at its ends, or when all of it is marked. */
function leavesText({selectionStart: start, selectionEnd: end, value}, key) {
    if (start === 0 && end === value.length) {
        return true;
    }
    return key === "ArrowLeft" ? end === 0 : start === value.length;
}

/** Arrows keep their meaning inside of a text and of a list of options. */
function mayLeave(cell, key) {
    const isSideways = key === "ArrowLeft" || key === "ArrowRight";
    if (cell.tagName === "SELECT") {
        return isSideways;
    }
    return !isSideways || cell.type !== "text" || leavesText(cell, key);
}

/** Return where a key leads, null where the key means something else. */
function target(cells, cell, {key, shiftKey}) {
    if (key === "Enter") {
        return following(cells, cell, shiftKey) || cell;
    }
    return key in MOVES && mayLeave(cell, key)
        ? neighbour(cells, cell, MOVES[key]) || cell
        : null;
}

/**
 * Let Enter and the arrow keys lead from cell to cell; Tab does by itself.
 *
 * The template has `t-ref="grid"` around its cells; a cell says by `data-row` and
 * `data-column` where it is. A grid in which Enter means something else stops that
 * event at its cells.
 *
 * @returns {(ev: KeyboardEvent) => void} for `t-on-keydown` of the grid
 */
export function useGridKeys() {
    const root = useRef("grid");
    return (ev) => {
        const cell = ev.target.closest(CELL);
        if (!cell || ev.ctrlKey || ev.altKey || ev.metaKey) {
            return;
        }
        const cells = [...root.el.querySelectorAll(CELL)];
        const next = target(cells, cell, ev);
        if (!next) {
            return;
        }
        ev.preventDefault();
        ev.stopPropagation();
        // Leaving a cell is what saves it, at the end of the grid too.
        cell.blur();
        next.focus();
        next.select?.();
    };
}
