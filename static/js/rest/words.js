/** Until when somebody rests, in words: the morning, a day, or until they say. */

import { clock } from "../clock.js";
import { untilMorning } from "../candle/morning.js";
import { language, say } from "../ui/sentences.js";

/** @param {import("./rest.js").State["mine"]} mine */
export function restingUntil(mine) {
  if (!mine) return "";
  if (!mine.until) return say("rest-until-said");
  const until = new Date(mine.until);
  if (untilMorning(until, clock.date)) return say("rest-until-morning");
  return say("rest-until-day", { date: weekday(until) });
}

/** The day, as one says it who looks a month ahead. @param {Date} date @returns {string} */
function weekday(date) {
  const parts = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long" });
  return new Intl.DateTimeFormat(language(), parts).format(date);
}
