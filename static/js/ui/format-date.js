/** Dates as they are read, in the language of the page. */

import { locale } from "./i18n.js";

/**
 * The day, without a clock time.
 * @param {string} at
 * @returns {string}
 */
export function formatDay(at) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return "";
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(date);
}
