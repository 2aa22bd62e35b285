import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {ViewButton} from "@web/views/view_button/view_button";
import {standardFieldProps} from "@web/views/fields/standard_field_props";

const ICONS = {
    success: "fa-check-circle",
    info: "fa-clock-o",
    warning: "fa-exclamation-triangle",
    danger: "fa-ban",
};

/** How a batch stands, since when, by whom, why, and the buttons that end it. */
export class BannerField extends Component {
    static template = "batch_tracking.BannerField";
    static components = {ViewButton};
    static props = {...standardFieldProps};

    get banner() {
        return this.props.record.data[this.props.name];
    }

    icon(level) {
        return ICONS[level];
    }

    clickParams({name}) {
        return {type: "object", name};
    }
}

registry.category("fields").add("batch_banner", {
    component: BannerField,
    displayName: _t("How a batch stands"),
    supportedTypes: ["json"],
});
