import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

/** What a batch may do, as a row of signs that people read at once. */
export class PermissionsField extends Component {
    static template = "batch_tracking.PermissionsField";
    static props = {...standardFieldProps, labels: {type: Boolean, optional: true}};

    get permissions() {
        return this.props.record.data[this.props.name] || [];
    }

    title(permission) {
        return permission.allowed
            ? _t("%s: permitted", permission.label)
            : _t("%s: forbidden", permission.label);
    }
}

registry.category("fields").add("batch_permissions", {
    component: PermissionsField,
    displayName: _t("Permissions of a batch"),
    supportedTypes: ["json"],
    extractProps: ({options}) => ({labels: Boolean(options.labels)}),
});
