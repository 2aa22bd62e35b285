import {RPCError} from "@web/core/network/rpc";
import {reactive} from "@odoo/owl";
import {useService} from "@web/core/utils/hooks";

/**
 * Sends what is typed into cells, one after the other, and keeps what the server says.
 *
 * @param {(grids: Object[]) => void} onGrids takes the grids as they are now
 * @returns {Object} `enter(entry, key)` sends, `saved()` waits for all that was sent,
 *   `faults` has the server's words by cell for what it refused
 */
export function useEntry(onGrids) {
    const orm = useService("orm");
    const entry = reactive({faults: {}, waiting: 0});
    let queue = Promise.resolve(true);

    async function send(values, key) {
        entry.waiting += 1;
        try {
            const grids = await orm.silent.call(
                "stock.lot.inspection",
                "enter_results",
                [[values]]
            );
            delete entry.faults[key];
            onGrids(grids);
            return true;
        } catch (error) {
            if (!(error instanceof RPCError)) {
                throw error;
            }
            entry.faults[key] = error.data.message;
            return false;
        } finally {
            entry.waiting -= 1;
        }
    }

    entry.enter = (values, key) => {
        queue = queue.then(() => send(values, key));
        return queue;
    };
    entry.saved = () => queue;
    return entry;
}
