/** Formats dates in the language of the page. */

import { locale } from "./i18n.js";

/**
 * Return the date without the time of day.
 * @param {string} at
 * @returns {string}
 */
export function formatDay(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(date);
}
