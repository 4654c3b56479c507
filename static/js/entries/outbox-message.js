/** What is said of something that was handed to the outbox: that it is saved, or where it waits. */

import { NotConnectedError } from "../net/api.js";
import { t, errorMessage } from "../ui/i18n.js";

/**
 * @param {import("../replica/outbox.js").Outbox} outbox
 * @param {string} id of the entry
 * @param {unknown} waits what `post` returned: null, or why it waits
 * @returns {string}
 */
export function outboxMessage(outbox, id, waits) {
  if (!waits) return t("saved");
  if (!outbox.isOnDisk(id)) return t("held-here");
  return waits instanceof NotConnectedError ? t("saved-here") : errorMessage(waits);
}
