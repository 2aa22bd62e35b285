import {linesOf} from "./genealogy_texts";

/** Fonts of a node's first line and of the others, as genealogy.scss has them. */
const FONTS = {first: "700 13px", rest: "400 12px"};
/** Left and right of what is written in a node, and room for a sign at its end. */
const MARGIN = 24;
const SIGN = 20;
/** A name that needs more is cut; the panel beside the graph says all of it. */
const MOST_ROWS = 2;
/** Where a name is rather broken than within a word, if that fills half a row. */
const BREAKS = /[\s,;/_-]/;

/**
 * What is written in a node: long names go on in a second row.
 *
 * @param {Object} node
 * @param {Number} width of the node
 * @returns {{text: String, isFirst: Boolean}[]}
 */
export function rowsOf(node, width) {
    const lines = linesOf(node);
    const last = lines.length - 1;
    return lines.flatMap((line, index) => {
        const sign = index === last && node.inspection ? SIGN : 0;
        const fits = fitting(index ? FONTS.rest : FONTS.first, width - MARGIN - sign);
        const most = index === last ? 1 : MOST_ROWS;
        return broken(line, most, fits).map((text) => ({text, isFirst: !index}));
    });
}

/** Break a text into as many rows as it may have; what is left over is cut off. */
function broken(text, most, fits) {
    if (fits(text)) {
        return [text];
    }
    if (most === 1) {
        return [`${longest(text, (part) => fits(`${part}…`)).trimEnd()}…`];
    }
    const row = atBreak(text, longest(text, fits));
    const others = broken(text.slice(row.length).trimStart(), most - 1, fits);
    return [row.trimEnd(), ...others];
}

/** The longest beginning of a text that fits: one letter at least. */
function longest(text, fits) {
    const letters = [...text];
    let [low, high] = [1, letters.length];
    while (low < high) {
        const middle = Math.ceil((low + high) / 2);
        if (fits(letters.slice(0, middle).join(""))) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    return letters.slice(0, low).join("");
}

function atBreak(text, row) {
    if (BREAKS.test(text[row.length])) {
        return row;
    }
    for (let end = row.length; end > row.length / 2; end--) {
        if (BREAKS.test(row[end - 1])) {
            return row.slice(0, end);
        }
    }
    return row;
}

let paper = null;

/** Return the function that tells whether a text in a font fits into some pixels. */
function fitting(font, room) {
    paper ||= document.createElement("canvas").getContext("2d");
    const {fontFamily} = getComputedStyle(document.body);
    return (text) => {
        paper.font = `${font} ${fontFamily}`;
        return paper.measureText(text).width <= room;
    };
}
