import {Component, onWillStart, onWillUpdateProps, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {useService} from "@web/core/utils/hooks";
import {amount, count, day} from "./genealogy_texts";

/** How much there is, in each unit, and at how many partners or places. */
function sums({amounts, who, words}) {
    const quantities = amounts.map(({quantity, unit}) => amount(quantity, unit));
    return [...quantities, words(who)].join(" · ");
}

function customers(number) {
    return number === 1 ? _t("1 customer") : _t("%s customers", count(number));
}

function takers(number) {
    return number === 1 ? _t("1 taker") : _t("%s takers", count(number));
}

function places(number) {
    return number === 1 ? _t("1 place") : _t("%s places", count(number));
}

/** Who has these batches and all that was made of them; the server sends the first. */
export class GenealogyWho extends Component {
    static template = "batch_tracking.GenealogyWho";
    static props = {lotIds: Array};

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.texts = {amount, count, day, sums};
        this.state = useState({answer: null});
        onWillStart(() => this.load(this.props.lotIds));
        onWillUpdateProps(({lotIds}) => this.load(lotIds));
    }

    async load(lotIds) {
        this.state.answer = await this.orm.call("stock.lot", "get_whereabouts", [
            lotIds,
        ]);
    }

    get tables() {
        const {shipped, still_to_stop: toStop, on_hand: onHand} = this.state.answer;
        return [
            {
                key: "shipped",
                title: _t("Customers have it"),
                words: customers,
                ...shipped,
            },
            {
                key: "to_stop",
                title: _t("Can still be stopped"),
                words: takers,
                ...toStop,
            },
            {key: "on_hand", title: _t("On hand"), words: places, ...onHand},
        ];
    }

    open(partnerId) {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: partnerId,
            views: [[false, "form"]],
        });
    }
}
