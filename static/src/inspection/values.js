import {localization} from "@web/core/l10n/localization";

/** Return what was typed, with a point before the decimals in any language. */
export function toServer(kind, typed) {
    if (kind !== "numeric") {
        return typed;
    }
    const text = typed.trim();
    return localization.decimalPoint === ","
        ? text.replace(/\./g, " ").replace(",", ".")
        : text;
}

/** Return a value of the server as people of this language write it. */
export function toScreen(kind, value) {
    if (value === false || value === null) {
        return "";
    }
    return kind === "numeric"
        ? String(value).replace(".", localization.decimalPoint)
        : String(value);
}
