import {Component} from "@odoo/owl";
import {deserializeDateTime, formatDateTime} from "@web/core/l10n/dates";
import {_t} from "@web/core/l10n/translation";
import {getDataURLFromFile} from "@web/core/utils/urls";
import {toScreen, toServer} from "../values";

/** One sample of one characteristic: typed, chosen, or photographed. */
export class InspectionCell extends Component {
    static template = "batch_tracking.InspectionCell";
    static props = {
        asked: Object,
        cell: Object,
        column: Number,
        enter: Function,
        fault: {type: String, optional: true},
        isOpen: Boolean,
        label: String,
        row: Number,
    };

    get shown() {
        return toScreen(this.props.asked.kind, this.props.cell.value);
    }

    /** What somebody reads who cannot change it. */
    get words() {
        const {asked, cell} = this.props;
        if (asked.kind === "passfail" && cell.value) {
            return cell.value === "pass" ? _t("Pass") : _t("Fail");
        }
        return this.shown || "–";
    }

    /** What was refused stays, so that it can be corrected. */
    get text() {
        return (this.props.fault && this.typed) || this.shown;
    }

    get fault() {
        return this.props.fault || this.props.cell.fault;
    }

    get isBad() {
        return Boolean(this.props.fault) || this.props.cell.verdict === "fail";
    }

    get title() {
        const {who, when} = this.props.cell;
        const moment = when && formatDateTime(deserializeDateTime(when));
        return [who, moment].filter(Boolean).join(" · ");
    }

    get photo() {
        const {photo_id: id, when} = this.props.cell;
        const unique = encodeURIComponent(when);
        return (
            id && `/web/image/stock.lot.inspection.result/${id}/photo?unique=${unique}`
        );
    }

    onChange(ev) {
        const typed = ev.target.value;
        // Nothing new, and nothing that was refused before.
        if (typed === this.shown && !this.props.fault) {
            return;
        }
        this.typed = typed;
        this.props.enter({value: toServer(this.props.asked.kind, typed)});
    }

    /** Press a verdict; pressing it again takes it away. */
    choose(verdict) {
        this.props.enter({value: this.shown === verdict ? null : verdict});
    }

    async onPhoto(ev) {
        const [file] = ev.target.files;
        if (file) {
            const url = await getDataURLFromFile(file);
            this.props.enter({value: url.split(",")[1]});
        }
    }

    onPhotoKey(ev) {
        if (ev.key === " ") {
            ev.preventDefault();
            ev.target.querySelector("input").click();
        }
    }
}
