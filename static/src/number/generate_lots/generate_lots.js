import {onWillStart} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {patch} from "@web/core/utils/patch";
import {GenerateDialog} from "@stock/widgets/generate_serial";

/** Products with a batch pattern: show what comes next, and take no number for it. */
patch(GenerateDialog.prototype, {
    setup() {
        super.setup(...arguments);
        onWillStart(async () => {
            this.batch = await this.orm.call(
                "product.product",
                "get_batch_preview",
                [this.props.move.data.product_id.id],
                {picking_type_id: this.props.move.data.picking_type_id?.id || false}
            );
        });
    },

    get firstNumberHint() {
        if (!this.batch.pattern) {
            return _t("e.g. LOT-PR-00012");
        }
        return this.batch.name || this.batch.pattern;
    },
});
