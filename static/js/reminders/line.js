/** The line that says, on opening, that a moment has come; never by the candle (layout.css). */

import { part } from "../ui/dom.js";

/** @param {import("../app.js").App} app */
export function watchReminders({ reminders }) {
  const line = part(document.body, "reminded");
  reminders.addEventListener("changed", () => {
    if (line.hidden === reminders.speaks) line.hidden = !reminders.speaks;
  });
}
