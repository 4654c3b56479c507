/** The label of a day, with its members' own words if they have chosen some. */

import { tNames } from "../naming/t-names.js";
import { locale, t } from "../ui/i18n.js";
import { formatDate } from "../calendar-date.js";

/**
 * @param {import("../days/recurrence.js").Day} day
 * @param {import("../services.js").Services} app
 * @returns {string}
 */
export function dayLabel(day, { naming }) {
  const whom = day.for ?? [];
  switch (day.what) {
    case "loss":
      return tNames(
        "day-of-loss",
        [naming.word("loss")].filter((word) => word !== null),
      );
    case "due":
      return [t("day-due"), whom.length ? tNames("for-whom", whom) : ""]
        .filter(Boolean)
        .join(" · ");
    case "other":
      return [day.name, whom.length || !day.name ? tNames("day-for", whom) : ""]
        .filter(Boolean)
        .join(" · ");
    default:
      return t(`day-known-${day.what}`);
  }
}

/**
 * Return its date: the weekday and date, or the first and the last day.
 * @param {import("../days/recurrence.js").Occurrence} coming
 * @returns {string}
 */
export function dayRangeLabel({ on, until }) {
  if (on === until) return formatDate(on, locale(), true);
  return t("day-span", {
    from: formatDate(on.replace(/^\d+/, "-"), locale()),
    until: formatDate(until, locale()),
  });
}
