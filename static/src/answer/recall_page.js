import {Interaction} from "@web/public/interaction";
import {registry} from "@web/core/registry";
import {browser} from "@web/core/browser/browser";

/** Quantities that hold no goods of their own. */
const PART_OF_ANOTHER = ["used_before"];
const NOT_KEPT = ["csrf_token", "key", "version", "files", "action"];

/** Keeps a draft in the browser, and says what is still missing of each batch. */
export class RecallPage extends Interaction {
    static selector = ".o_recall_page";
    dynamicContent = {
        ".o_recall_form": {"t-on-input": this.onInput},
    };

    setup() {
        this.form = this.el.querySelector(".o_recall_form");
        this.showDraft();
        this.el
            .querySelectorAll(".o_recall_batch")
            .forEach((batch) => this.count(batch));
    }

    onInput(ev) {
        const batch = ev.target.closest(".o_recall_batch");
        if (batch) {
            this.count(batch);
        }
        this.keepDraft();
    }

    /** As the server has written it, in the language of who answers. */
    say(standing, amount = "") {
        return this.el.dataset[standing].replace("%s", amount);
    }

    get fields() {
        return [...this.form.elements].filter(
            (field) => field.name && !NOT_KEPT.includes(field.name)
        );
    }

    keepDraft() {
        const typed = {};
        for (const field of this.fields) {
            typed[field.name] = field.type === "checkbox" ? field.checked : field.value;
        }
        browser.localStorage.setItem(this.el.dataset.draft, JSON.stringify(typed));
    }

    showDraft() {
        // After a problem, the server shows what was sent: that is newer.
        const hasProblem = this.el.querySelector(".alert-danger");
        const draft = browser.localStorage.getItem(this.el.dataset.draft);
        if (hasProblem || !draft) {
            return;
        }
        const typed = JSON.parse(draft);
        let isOther = false;
        for (const field of this.fields.filter((each) => each.name in typed)) {
            const property = field.type === "checkbox" ? "checked" : "value";
            isOther ||= field[property] !== typed[field.name];
            field[property] = typed[field.name];
        }
        this.el.querySelector(".o_recall_draft").classList.toggle("d-none", !isOther);
    }

    /** Says how much of a batch nobody has told of yet. */
    count(batch) {
        const quantities = [...batch.querySelectorAll("[data-quantity]")].filter(
            (field) => !PART_OF_ANOTHER.includes(field.dataset.quantity)
        );
        const told = quantities.reduce(
            (sum, field) => sum + (parseFloat(field.value) || 0),
            0
        );
        const missing = parseFloat(batch.dataset.received) - told;
        const rounded = parseFloat(Math.abs(missing).toPrecision(6));
        const status = batch.querySelector(".o_recall_missing");
        status.classList.toggle("text-danger", missing < -1e-6);
        status.classList.toggle("text-success", Math.abs(missing) <= 1e-6);
        if (!quantities.some((field) => field.value)) {
            status.textContent = "";
        } else if (missing < -1e-6) {
            status.textContent = this.say("more", rounded);
        } else if (missing > 1e-6) {
            status.textContent = this.say("left", rounded);
        } else {
            status.textContent = this.say("all");
        }
    }
}

/** What was sent needs no draft any more. */
export class RecallKept extends Interaction {
    static selector = ".o_recall_kept";

    setup() {
        browser.localStorage.removeItem(this.el.dataset.draft);
    }
}

registry.category("public.interactions").add("batch_tracking.recall_page", RecallPage);
registry.category("public.interactions").add("batch_tracking.recall_kept", RecallKept);
