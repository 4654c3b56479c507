/** Describes until when a member rests: the morning, a day, or no set end. */

import { clock } from "../clock.js";
import { endsInTheMorning } from "../morning.js";
import { locale, t } from "../ui/i18n.js";

/** @param {import("./rest.js").State["mine"]} mine */
export function restLabel(mine) {
  if (!mine) return "";
  if (!mine.until) return t("rest-until-said");
  const until = new Date(mine.until);
  if (endsInTheMorning(until, clock.date)) return t("rest-until-morning");
  return t("rest-until-day", { date: weekday(until) });
}

/**
 * Format the day, for a rest of up to a month.
 * @param {Date} date
 * @returns {string}
 */
function weekday(date) {
  const parts = /** @type {const} */ ({ weekday: "long", day: "numeric", month: "long" });
  return new Intl.DateTimeFormat(locale(), parts).format(date);
}
