import {patch} from "@web/core/utils/patch";
import {SearchModel} from "@web/search/search_model";

const NUMBERS = ["name", "supplier_lot_name"];

/** Whoever types the number of a batch wants that batch, wherever it has gone. */
patch(SearchModel.prototype, {
    addAutoCompletionValues(searchItemId) {
        const {fieldName} = this.searchItems[searchItemId];
        if (this.resModel === "stock.lot" && NUMBERS.includes(fieldName)) {
            this.query = this.query.filter(
                (part) => this.searchItems[part.searchItemId].name !== "on_hand"
            );
        }
        return super.addAutoCompletionValues(...arguments);
    },
});
