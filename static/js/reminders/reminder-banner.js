/**
 * The line that says, on opening, that a reminder is due; never on the candle screen (layout.css).
 */

import { part } from "../ui/dom.js";

/** @param {import("../services.js").Services} app */
export function watchReminderBanner({ reminders }) {
  const line = part(document.body, "reminded");
  reminders.addEventListener("changed", () => {
    if (line.hidden === reminders.hasDue) line.hidden = !reminders.hasDue;
  });
}
