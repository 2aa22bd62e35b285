import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {FloatField, floatField} from "@web/views/fields/float/float_field";

/** A number of which 0 means that nobody knows it: shown as nothing. */
export class KnownFloatField extends FloatField {
    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }
}

registry.category("fields").add("batch_known_float", {
    ...floatField,
    component: KnownFloatField,
    displayName: _t("Number that may be unknown"),
    isEmpty: (record, name) => !record.data[name],
});
