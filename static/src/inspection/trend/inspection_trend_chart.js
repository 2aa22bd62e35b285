import {_t} from "@web/core/l10n/translation";
import {getColor, hexToRGBA} from "@web/core/colors/colors";
import {deserializeDateTime, formatDate} from "@web/core/l10n/dates";

const DASHED = [6, 4];

/** Return the points by what they are told apart by, each with its place. */
function groups(points, by) {
    const found = new Map();
    points.forEach((point, place) => {
        const name = (by && point[by]) || "";
        found.set(name, [...(found.get(name) || []), {point, place}]);
    });
    return [...found].sort(([one], [other]) => one.localeCompare(other));
}

/** A line through a limit of each point: it steps where the plan was changed. */
function limitLine(points, name, label, color) {
    const values = points.map((point) => point[name]);
    return {
        label,
        data: values,
        borderColor: color,
        backgroundColor: color,
        borderDash: name === "target" ? [2, 3] : DASHED,
        borderWidth: 1.5,
        pointRadius: 0,
        pointHitRadius: 0,
        pointStyle: "line",
        stepped: "middle",
        isLimit: true,
        hidden: values.every((value) => value === null),
    };
}

/** Measured values of one group: those beyond a limit have another shape. */
function valueLine([name, members], points, color) {
    const data = new Array(points.length).fill(null);
    members.forEach(({point, place}) => (data[place] = point.value));
    const isBad = points.map((point) => Boolean(point.fault));
    return {
        label: name || _t("Value"),
        data,
        spanGaps: true,
        borderColor: hexToRGBA(color, 0.5),
        borderWidth: 1.5,
        backgroundColor: color,
        pointStyle: isBad.map((bad) => (bad ? "triangle" : "circle")),
        pointRadius: isBad.map((bad) => (bad ? 8 : 4)),
        pointHoverRadius: isBad.map((bad) => (bad ? 10 : 6)),
        pointBorderWidth: isBad.map((bad) => (bad ? 2 : 1)),
        pointBorderColor: isBad.map((bad) => (bad ? "#b02a37" : color)),
    };
}

/** What a point is, in lines of a tooltip. */
function told(point) {
    return [
        `${point.value} ${point.unit} ${point.fault && `– ${point.fault}`}`.trim(),
        point.product,
        point.supplier,
        point.line,
        formatDate(deserializeDateTime(point.date)),
    ].filter(Boolean);
}

/**
 * Return the configuration of a chart of numbers with their limits.
 *
 * @param {Object[]} points see `get_trend`
 * @param {{by: string, unit: string, isDark: boolean, onOpen: Function}} options
 */
export function trendChart(points, {by, unit, isDark, onOpen}) {
    const scheme = isDark ? "dark" : "light";
    const ink = isDark ? "#ddd" : "#444";
    const found = groups(points, by);
    const values = found.map((group, place) =>
        valueLine(group, points, getColor(place, scheme, found.length))
    );
    const limits = [
        limitLine(points, "upper", _t("Upper limit"), "#b02a37"),
        limitLine(points, "target", _t("Target"), "#198754"),
        limitLine(points, "lower", _t("Lower limit"), "#b02a37"),
    ].filter(({hidden}) => !hidden);
    return {
        type: "line",
        data: {labels: points.map(({lot}) => lot), datasets: [...values, ...limits]},
        options: {
            animation: false,
            maintainAspectRatio: false,
            interaction: {mode: "nearest", intersect: true},
            onClick: (_ev, [hit]) => hit && onOpen(points[hit.index]),
            scales: {
                x: {ticks: {color: ink, autoSkip: true, maxRotation: 60}},
                y: {
                    grace: "10%",
                    ticks: {color: ink},
                    title: {display: Boolean(unit), text: unit, color: ink},
                },
            },
            plugins: {
                legend: {
                    labels: {color: ink, usePointStyle: true},
                    position: "bottom",
                },
                tooltip: {
                    filter: ({dataset}) => !dataset.isLimit,
                    callbacks: {label: ({dataIndex}) => told(points[dataIndex])},
                },
            },
        },
    };
}
