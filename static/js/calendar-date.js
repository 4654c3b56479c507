/**
 * Calendar dates as text: YYYY-MM-DD, or --MM-DD without a year. A date has no time zone; only
 * `today` depends on where the person is. Runs without a DOM.
 */

import { clock } from "./clock.js";

const DAY_MS = 24 * 60 * 60 * 1000;
const FIRST_YEAR = 1900;
const SHAPE = /^(?:(\d{4})|-)-(\d\d)-(\d\d)$/;

/**
 * Return today's date in the device's time zone.
 * @param {Date} [now]
 * @returns {string}
 */
export function today(now = clock.date) {
  return toDateString(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

/**
 * @param {number | null} year
 * @param {number} month 1 to 12
 * @param {number} date
 * @returns {string}
 */
export function toDateString(year, month, date) {
  const start = year === null ? "-" : String(year).padStart(4, "0");
  return `${start}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/**
 * @param {unknown} text
 * @returns {{ year: number | null, month: number, date: number } | null} null if it is not a date
 */
export function parseDate(text) {
  const match = SHAPE.exec(String(text));
  if (!match) return null;
  const [year, month, date] = [
    match[1] ? Number(match[1]) : null,
    Number(match[2]),
    Number(match[3]),
  ];
  const longest = year === null ? 29 : lastDayOf(year, 2);
  const last = month === 2 ? longest : month >= 1 && month <= 12 ? lastDayOf(2000, month) : 0;
  const likely = year === null || year >= FIRST_YEAR;
  return likely && date >= 1 && date <= last ? { year, month, date } : null;
}

/**
 * Return the last date of a month.
 * @param {number} year
 * @param {number} month
 */
export function lastDayOf(year, month) {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/**
 * @param {string} from with a year
 * @param {number} days
 * @returns {string}
 */
export function addDays(from, days) {
  return new Date(Date.parse(from) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * Return the nth Sunday of a month, or the last one for -1.
 * @param {number} year
 * @param {number} month
 * @param {number} nth
 * @returns {string}
 */
export function nthSunday(year, month, nth) {
  const first = toDateString(year, month, 1);
  const on = 1 + ((7 - new Date(Date.parse(first)).getUTCDay()) % 7);
  const all = Math.floor((lastDayOf(year, month) - on) / 7) + 1;
  return toDateString(year, month, on + 7 * ((nth < 0 ? all : nth) - 1));
}

/**
 * Return Easter Sunday of the Western churches (the anonymous Gregorian computus).
 * @param {number} year
 * @returns {string}
 */
export function easter(year) {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const f = Math.floor((b + 8) / 25);
  const g = Math.floor((b - f + 1) / 3);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return toDateString(year, Math.floor(sum / 31), (sum % 31) + 1);
}

/**
 * Format a date for reading, without the year if it has none.
 * @param {string} text
 * @param {string} language
 * @param {boolean} [weekday]
 * @returns {string}
 */
export function formatDate(text, language, weekday = false) {
  const found = parseDate(text);
  if (!found) return "";
  const moment = new Date(Date.UTC(found.year ?? 2000, found.month - 1, found.date));
  /** @type {Intl.DateTimeFormatOptions} */
  const parts = { day: "numeric", month: "long", timeZone: "UTC" };
  if (found.year !== null) parts.year = "numeric";
  if (weekday) parts.weekday = "long";
  return new Intl.DateTimeFormat(language, parts).format(moment);
}
