import {Component, onWillStart, useState} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {formatInteger} from "@web/views/fields/formatters";
import {Layout} from "@web/search/layout";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";

const OVERVIEW = "batch.overview";

/** The home of the app: the first steps, and a card for each question of the day. */
export class BatchOverview extends Component {
    static template = "batch_tracking.Overview";
    static components = {Layout};
    static props = {...standardActionServiceProps};

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.state = useState({
            cards: [],
            notices: [],
            steps: [],
            may_hide_steps: false,
        });
        onWillStart(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.call(OVERVIEW, "get_overview", []));
    }

    async hideSteps() {
        await this.orm.call(OVERVIEW, "hide_first_steps", []);
        this.state.steps = [];
    }

    /**
     * Open what a card or a row of it tells of.
     *
     * @param {Object} link as `batch.overview` describes it
     */
    async open(link) {
        const {res_id} = link;
        const action = await this.action.loadAction(link.action);
        if (res_id) {
            const views = [[false, "form"]];
            return this.action.doAction({...action, res_id, views, domain: []});
        }
        const context = {...link.context, display_complete: true};
        return this.action.doAction({...action, context});
    }

    openStep(step) {
        return this.action.doAction(step.action);
    }

    asText(note) {
        return typeof note === "number" ? formatInteger(note) : note;
    }

    tone(card) {
        return card.count ? `text-bg-${card.tone}` : "text-bg-secondary";
    }
}

registry.category("actions").add("batch_tracking.overview", BatchOverview);
