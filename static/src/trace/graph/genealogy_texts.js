import {_t} from "@web/core/l10n/translation";
import {deserializeDate, deserializeDateTime, formatDate} from "@web/core/l10n/dates";
import {formatFloat} from "@web/views/fields/formatters";

export function amount(value, unit = "") {
    return `${formatFloat(value || 0, {trailingZeros: false})} ${unit}`.trim();
}

export function count(value) {
    return formatFloat(value, {digits: [16, 0]});
}

export function day(value) {
    return value ? formatDate(deserializeDateTime(value)) : "";
}

export function dayOnly(value) {
    return value ? formatDate(deserializeDate(value)) : "";
}

export const ATTRIBUTIONS = {
    exact: _t("Exact: it went there."),
    proportional: _t("Proportional: batches made together share it by quantity."),
    possible: _t("Possible: one of several units has it."),
};

export const KINDS = {
    production: _t("Production"),
    byproduct: _t("By-product"),
    unbuild: _t("Unbuild"),
    repair: _t("Repair"),
    split: _t("Split"),
    merge: _t("Merge"),
    repack: _t("Repack"),
    relabel: _t("Relabel"),
    manual: _t("Manual"),
    supplier: _t("Supplier"),
    customer: _t("Delivery"),
    gap: _t("Trace gap"),
};

/** How the inspections of a batch stand: a sign that fits in a box, and words. */
export const INSPECTIONS = {
    failed: {sign: "✗", words: _t("Inspection failed")},
    open: {sign: "?", words: _t("To be inspected")},
    accepted: {sign: "!", words: _t("Accepted by deviation")},
    passed: {sign: "✓", words: _t("Inspection passed")},
};

/** Two or three lines that say what a node is. */
export function linesOf(node) {
    return TEXTS[node.type](node);
}

const TEXTS = {
    lot(node) {
        const last = [amount(node.quantity, node.unit)];
        if (node.expiry) {
            last.push(_t("exp. %s", day(node.expiry)));
        }
        return [node.name, node.product, last.join(" · ")];
    },
    group(node) {
        const what = node.product || _t("%s products", count(node.products));
        const where = node.unit
            ? _t("%s on hand", amount(node.on_hand, node.unit))
            : _t("Open to see its products");
        return [_t("%s batches", count(node.count)), what, where];
    },
    supplier(node) {
        const many = _t("%s suppliers", count(node.count));
        return [
            node.count > 1 ? many : node.name || _t("Unknown supplier"),
            _t("Supplier"),
        ];
    },
    customer(node) {
        const many = _t("%s customers", count(node.count));
        return [
            node.count > 1 ? many : node.name || _t("Unknown customer"),
            _t("Customer"),
        ];
    },
    gap(node) {
        return [node.product, _t("Trace gap: no batch is known")];
    },
};

/** The same in one sentence, for screen readers. */
export function sentenceOf(node) {
    const inspected = INSPECTIONS[node.inspection]?.words;
    return [...linesOf(node), node.disposition, inspected].filter(Boolean).join(", ");
}
