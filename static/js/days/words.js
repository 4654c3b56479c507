/** How a day is called: by its people's own words where they have some. */

import { sayOf } from "../naming/sentences.js";
import { language, say } from "../ui/sentences.js";
import { spoken } from "./dates.js";

/** @param {import("./next.js").Day} day @param {import("../app.js").App} app @returns {string} */
export function dayName(day, { naming }) {
  const whom = day.for ?? [];
  switch (day.what) {
    case "loss":
      return sayOf(
        "day-of-loss",
        [naming.word("loss")].filter((word) => word !== null),
      );
    case "due":
      return [say("day-due"), whom.length ? sayOf("for-whom", whom) : ""]
        .filter(Boolean)
        .join(" · ");
    case "other":
      return [day.name, whom.length || !day.name ? sayOf("day-for", whom) : ""]
        .filter(Boolean)
        .join(" · ");
    default:
      return say(`day-known-${day.what}`);
  }
}

/**
 * When it is: its weekday and date, or the first and the last.
 * @param {import("./next.js").Coming} coming
 * @returns {string}
 */
export function daySpan({ on, until }) {
  if (on === until) return spoken(on, language(), true);
  return say("day-span", {
    from: spoken(on.replace(/^\d+/, "-"), language()),
    until: spoken(until, language()),
  });
}
