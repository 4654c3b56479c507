/** The message after an entry was handed to the outbox: that it is saved, or where it waits. */

import { NotConnectedError } from "../net/api.js";
import { t, errorMessage } from "../ui/i18n.js";

/**
 * @param {import("../replica/outbox.js").Outbox} outbox
 * @param {string} id of the entry
 * @param {unknown} waits the outbox's result: null, or the reason for waiting
 * @returns {string}
 */
export function outboxMessage(outbox, id, waits) {
  if (!waits) return t("saved");
  if (!outbox.isOnDisk(id)) return t("held-here");
  return waits instanceof NotConnectedError ? t("saved-here") : errorMessage(waits);
}
