/** The rows that offer to restore what was deleted on this device. */

import { clone, on, oneAtATime } from "../ui/dom.js";
import { errorMessage } from "../ui/i18n.js";
import { showToast } from "../ui/toast.js";

/**
 * Render a row for each item in the trash.
 * @param {import("../services.js").Services} app
 * @param {(gone: import("../replica/trash.js").TrashedEntry) => boolean} matches
 */
export async function trashRows({ journals: { trash, pinLock } }, matches) {
  const all = await trash.list();
  return all
    .filter((trashed) => matches(trashed) && (trashed.shared || !pinLock.isLocked))
    .map((trashed) => {
      const line = clone("removed-line");
      const bringBack = oneAtATime(async () => {
        try {
          await trash.restore(trashed);
          line.remove();
        } catch (error) {
          showToast(errorMessage(error));
        }
      });
      on(line, "back", "click", bringBack);
      return line;
    });
}
