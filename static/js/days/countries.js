/**
 * Dates of “Mother’s Day” and “Father’s Day” by country, as commonly observed, checked in part
 * against public lists of dates in November 2026. For a country that is missing, no date is
 * guessed. Runs without a DOM.
 */

import { toDateString, easter, addDays, nthSunday } from "../calendar-date.js";

/** @typedef {(year: number) => string} Rule */

/**
 * @param {number} month
 * @param {number} nth -1 for the last
 * @returns {Rule}
 */
const onSunday = (month, nth) => (year) => nthSunday(year, month, nth);
/**
 * @param {number} month
 * @param {number} date
 * @returns {Rule}
 */
const on = (month, date) => (year) => toDateString(year, month, date);
/**
 * @param {number} days
 * @returns {Rule}
 */
const fromEaster = (days) => (year) => addDays(easter(year), days);

const secondOfMay = onSunday(5, 2);
const thirdOfJune = onSunday(6, 3);
const saintJoseph = on(3, 19);
const mothering = fromEaster(-21);

/**
 * In France it is the last Sunday of May, or a week later if that is Whit Sunday.
 * @type {Rule}
 */
const france = (year) => {
  const last = nthSunday(year, 5, -1);
  return last === addDays(easter(year), 49) ? addDays(last, 7) : last;
};

/** @type {Record<string, { mother: Rule, father: Rule }>} */
export const COUNTRIES = {
  AR: { mother: onSunday(10, 3), father: thirdOfJune },
  AU: { mother: secondOfMay, father: onSunday(9, 1) },
  BO: { mother: on(5, 27), father: saintJoseph },
  BR: { mother: secondOfMay, father: onSunday(8, 2) },
  CA: { mother: secondOfMay, father: thirdOfJune },
  CL: { mother: secondOfMay, father: thirdOfJune },
  CO: { mother: secondOfMay, father: thirdOfJune },
  CR: { mother: on(8, 15), father: thirdOfJune },
  CU: { mother: secondOfMay, father: thirdOfJune },
  DE: { mother: secondOfMay, father: fromEaster(39) },
  DO: { mother: onSunday(5, -1), father: onSunday(7, -1) },
  EC: { mother: secondOfMay, father: thirdOfJune },
  ES: { mother: onSunday(5, 1), father: saintJoseph },
  FR: { mother: france, father: thirdOfJune },
  GB: { mother: mothering, father: thirdOfJune },
  GT: { mother: on(5, 10), father: on(6, 17) },
  HN: { mother: secondOfMay, father: saintJoseph },
  IE: { mother: mothering, father: thirdOfJune },
  IT: { mother: secondOfMay, father: saintJoseph },
  MX: { mother: on(5, 10), father: thirdOfJune },
  NI: { mother: on(5, 30), father: on(6, 23) },
  NZ: { mother: secondOfMay, father: onSunday(9, 1) },
  PA: { mother: on(12, 8), father: thirdOfJune },
  PE: { mother: secondOfMay, father: thirdOfJune },
  PR: { mother: secondOfMay, father: thirdOfJune },
  PT: { mother: onSunday(5, 1), father: saintJoseph },
  PY: { mother: on(5, 15), father: thirdOfJune },
  SV: { mother: on(5, 10), father: on(6, 17) },
  US: { mother: secondOfMay, father: thirdOfJune },
  UY: { mother: secondOfMay, father: onSunday(7, 2) },
  VE: { mother: secondOfMay, father: thirdOfJune },
};
