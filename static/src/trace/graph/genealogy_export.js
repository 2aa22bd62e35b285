import {downloadFile} from "@web/core/network/download";

const COPIED = [
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "paint-order",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "text-anchor",
];
const PICTURE_SCALE = 2;
/** Browsers refuse larger canvases, or draw them empty. */
const LARGEST_SIDE = 8000;

/**
 * Return a graph as a file of its own: all of it, whatever part is in sight, with the
 * colours the screen has now.
 *
 * @param {SVGElement} svg with one `[data-stage]` that is panned and zoomed
 * @param {{width: number, height: number}} size of the whole stage
 */
export function asSvg(svg, {width, height}) {
    const copy = svg.cloneNode(true);
    const originals = svg.querySelectorAll("*");
    copy.querySelectorAll("*").forEach((element, index) => {
        const style = getComputedStyle(originals[index]);
        const rules = COPIED.map((name) => `${name}:${style.getPropertyValue(name)}`);
        element.setAttribute("style", rules.join(";"));
        for (const name of ["class", "tabindex", "role", "aria-label"]) {
            element.removeAttribute(name);
        }
    });
    copy.querySelector("[data-stage]").setAttribute("transform", "");
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
    copy.setAttribute("width", width);
    copy.setAttribute("height", height);
    copy.removeAttribute("class");
    const paper = getComputedStyle(svg).backgroundColor;
    copy.setAttribute("style", `background:${paper}`);
    return new XMLSerializer().serializeToString(copy);
}

export function downloadSvg(svg, size, name) {
    downloadFile(asSvg(svg, size), `${name}.svg`, "image/svg+xml");
}

export async function downloadPng(svg, size, name) {
    const longest = Math.max(size.width, size.height);
    const scale = Math.min(PICTURE_SCALE, LARGEST_SIDE / longest);
    const image = new Image();
    const text = encodeURIComponent(asSvg(svg, size));
    image.src = `data:image/svg+xml;charset=utf-8,${text}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = size.width * scale;
    canvas.height = size.height * scale;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    downloadFile(blob, `${name}.png`, "image/png");
}
