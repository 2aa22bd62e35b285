import {SMLX2ManyField} from "@stock/fields/stock_move_line_x2_many_field";
import {patch} from "@web/core/utils/patch";

/** The dialog to add a line says for which move, so that it greys what may not go. */
patch(SMLX2ManyField.prototype, {
    setup() {
        super.setup();
        const {selectCreate} = this;
        this.selectCreate = ({context, ...params}) => {
            const moveId = this.props.record.resId;
            return selectCreate({
                ...params,
                context: {...context, batch_move_id: moveId},
            });
        };
    },
});
