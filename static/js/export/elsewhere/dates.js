/** Dates as other journals write them, as RFC 3339 with the writer's offset. Pure. */

const NOON = "12:00:00"; // a day without a time is the same day in every time zone of a reader
const MINUTE_MS = 60_000;
const ISO =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::?(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;
const DAY_IN_NAME = /(?<!\d)(\d{4})([-_. ]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)/;
const TIME_IN_NAME = /(?:[T_ -]+([01]\d|2[0-3])[-_:.h]?([0-5]\d)(?!\d))?/;
const IN_NAME = new RegExp(DAY_IN_NAME.source + TIME_IN_NAME.source);
const IN_FOLDERS = /(?:^|\/)(\d{4})\/(0[1-9]|1[0-2])\/(?:\d{4}-\d{2}-)?(0[1-9]|[12]\d|3[01])(?!\d)/;

/** @type {Map<string, Intl.DateTimeFormat | null>} */
const FORMATS = new Map();

/**
 * Return a moment as it was in a time zone; in UTC if there is no such zone.
 * @param {Date} moment
 * @param {string} [zone] IANA name, or an offset
 * @returns {string} "" if it is no moment
 */
export function momentInZone(moment, zone = "UTC") {
  const time = moment.getTime();
  if (Number.isNaN(time)) return "";
  const format = formatFor(zone) ?? formatFor("UTC");
  const parts = Object.fromEntries(
    (format?.formatToParts(moment) ?? []).map(({ type, value }) => [type, value]),
  );
  const { year = "", month, day, hour, minute, second } = parts;
  const local = `${year.padStart(4, "0")}-${month}-${day}T${hour}:${minute}:${second}`;
  const offset = Math.round((Date.parse(`${local}Z`) - time) / MINUTE_MS);
  return Number.isNaN(offset) ? "" : local + offsetText(offset);
}

/**
 * Read a date that stands in a text: ISO 8601, with or without a time and an offset.
 * @param {string} text
 * @returns {string} "" if it is none
 */
export function readDate(text) {
  const [, day, time, seconds = "00", offset] = ISO.exec(text.trim()) ?? [];
  if (!day) return "";
  if (!time) return localMoment(`${day}T${NOON}`);
  const local = `${day}T${time}:${seconds}`;
  if (!offset) return localMoment(local);
  const zone = /^z$/i.test(offset) ? "+00:00" : offset.replace(/(\d{2}):?(\d{2})$/, "$1:$2");
  return Number.isNaN(Date.parse(local + zone)) || !isDay(day) ? "" : local + zone;
}

/**
 * Read the date in a file's name, or in the names of its folders.
 * @param {string} path
 * @returns {string} "" if there is none
 */
export function dateInPath(path) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const [, year, , month, day, hour, minute] = IN_NAME.exec(name) ?? [];
  if (year) return localMoment(`${year}-${month}-${day}T${hour ? `${hour}:${minute}:00` : NOON}`);
  const [, inYear, inMonth, onDay] = IN_FOLDERS.exec(path) ?? [];
  return inYear ? localMoment(`${inYear}-${inMonth}-${onDay}T${NOON}`) : "";
}

/**
 * Return a local date and time with this device's offset on that day.
 * @param {string} local
 * @returns {string} "" if there is no such day
 */
function localMoment(local) {
  const moment = new Date(local);
  if (Number.isNaN(moment.getTime()) || !isDay(local.slice(0, 10))) return "";
  return local + offsetText(-moment.getTimezoneOffset());
}

/**
 * Whether there is such a day; JavaScript takes the 31st of February for the 3rd of March.
 * @param {string} day
 */
function isDay(day) {
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
}

/** @param {number} minutes */
function offsetText(minutes) {
  const size = Math.abs(minutes);
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** @param {string} zone */
function formatFor(zone) {
  const known = FORMATS.get(zone);
  if (known !== undefined) return known;
  const number = /** @type {const} */ ("2-digit");
  /** @type {Intl.DateTimeFormat | null} */
  let format = null;
  try {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: number,
      day: number,
      hour: number,
      minute: number,
      second: number,
    });
  } catch {
    // a time zone that this browser does not know
  }
  FORMATS.set(zone, format);
  return format;
}
