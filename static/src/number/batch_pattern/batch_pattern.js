import {onWillStart} from "@odoo/owl";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {useDebounced} from "@web/core/utils/timing";
import {CharField, charField} from "@web/views/fields/char/char_field";

const PAUSE = 250;

/** A batch pattern: read back while it is typed, with ready ones to start from. */
export class BatchPatternField extends CharField {
    static template = "batch_tracking.BatchPatternField";

    setup() {
        super.setup();
        this.orm = useService("orm");
        this.update = useDebounced((text) => this.set(text), PAUSE);
        onWillStart(async () => {
            this.gallery = this.props.readonly
                ? []
                : await this.orm.call("ir.sequence", "get_batch_gallery", []);
        });
    }

    set(text) {
        return this.props.record.update({[this.props.name]: text});
    }

    isChosen(ready) {
        return ready.pattern === this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("batch_pattern", {
    ...charField,
    component: BatchPatternField,
});
