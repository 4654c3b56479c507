/** The rows that offer to restore what was deleted on this device. */

import { clone, on, oneAtATime } from "../ui/dom.js";
import { errorMessage } from "../ui/i18n.js";
import { showToast } from "../ui/toast.js";

/**
 * Render a row for each item in the trash.
 * @param {import("../services.js").Services} app
 * @param {(gone: import("../replica/trash.js").TrashedEntry) => boolean} which
 */
export async function trashRows({ journals: { trash, pinLock } }, which) {
  const all = await trash.list();
  return all
    .filter((gone) => which(gone) && (gone.shared || !pinLock.isLocked))
    .map((gone) => {
      const line = clone("removed-line");
      const bringBack = oneAtATime(async () => {
        try {
          await trash.restore(gone);
          line.remove();
        } catch (error) {
          showToast(errorMessage(error));
        }
      });
      on(line, "back", "click", bringBack);
      return line;
    });
}
