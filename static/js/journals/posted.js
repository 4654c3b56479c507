/** What is said of something that was handed to the outbox: that it is saved, or where it waits. */

import { NotConnected } from "../net/api.js";
import { say, sayError } from "../ui/sentences.js";

/**
 * @param {import("./outbox.js").Outbox} outbox
 * @param {string} id of the entry
 * @param {unknown} waits what `post` returned: null, or why it waits
 * @returns {string}
 */
export function sayPosted(outbox, id, waits) {
  if (!waits) return say("saved");
  if (!outbox.isOnDisk(id)) return say("held-here");
  return waits instanceof NotConnected ? say("saved-here") : sayError(waits);
}
