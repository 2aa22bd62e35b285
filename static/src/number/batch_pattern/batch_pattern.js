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
            [this.gallery, this.parts] = this.props.readonly
                ? [[], []]
                : await Promise.all([
                      this.orm.call("ir.sequence", "get_batch_gallery", []),
                      this.orm.call("ir.sequence", "get_batch_fields", []),
                  ]);
        });
    }

    set(text) {
        // What was typed just before comes too late.
        this.update.cancel();
        return this.props.record.update({[this.props.name]: text});
    }

    /** Put a field where the cursor is. */
    insert(field) {
        const input = this.input.el;
        const {selectionStart: start, selectionEnd: end, value} = input;
        const text = value.slice(0, start) + field + value.slice(end);
        input.value = text;
        input.focus();
        input.setSelectionRange(start + field.length, start + field.length);
        return this.set(text);
    }

    isChosen(ready) {
        return ready.pattern === this.props.record.data[this.props.name];
    }
}

registry.category("fields").add("batch_pattern", {
    ...charField,
    component: BatchPatternField,
});
