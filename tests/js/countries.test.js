/** “Mother’s Day” and “Father’s Day” match each country's calendars. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { COUNTRIES } from "../../static/js/days/countries.js";

const YEARS = [2024, 2025, 2026, 2027, 2028];
/**
 * Month and day in each of those years.
 * @type {Record<string, [codes: string, dates: string]>}
 */
const MOTHER = {
  secondOfMay: ["US CA PR AU NZ DE BR CO CL PE", "05-12 05-11 05-10 05-09 05-14"],
  firstOfMay: ["ES PT", "05-05 05-04 05-03 05-02 05-07"],
  mothering: ["GB IE", "03-10 03-30 03-15 03-07 03-26"],
  france: ["FR", "05-26 05-25 05-31 05-30 05-28"],
  october: ["AR", "10-20 10-19 10-18 10-17 10-15"],
  tenth: ["MX GT SV", "05-10 05-10 05-10 05-10 05-10"],
};
/** @type {typeof MOTHER} */
const FATHER = {
  thirdOfJune: ["US CA PR GB IE FR MX AR CO CL PE", "06-16 06-15 06-21 06-20 06-18"],
  joseph: ["ES PT", "03-19 03-19 03-19 03-19 03-19"],
  firstOfSeptember: ["AU NZ", "09-01 09-07 09-06 09-05 09-03"],
  secondOfAugust: ["BR", "08-11 08-10 08-09 08-08 08-13"],
  ascension: ["DE", "05-09 05-29 05-14 05-06 05-25"],
};

for (const [name, table] of /** @type {const} */ ([
  ["mother", MOTHER],
  ["father", FATHER],
])) {
  for (const [rule, [codes, dates]] of Object.entries(table)) {
    test(`${name}, ${rule}: ${codes}`, () => {
      const there = dates.split(" ").map((date, at) => `${YEARS[at]}-${date}`);
      for (const code of codes.split(" ")) {
        assert.deepEqual(
          YEARS.map((year) => COUNTRIES[code]?.[name](year)),
          there,
          code,
        );
      }
    });
  }
}

test("a country that is offered has both days in every year, and each in one year alone", () => {
  for (const [code, { mother, father }] of Object.entries(COUNTRIES)) {
    for (let year = 2020; year <= 2040; year++) {
      for (const on of [mother(year), father(year)])
        assert.match(on, new RegExp(`^${year}-\\d\\d-\\d\\d$`), code);
    }
  }
});
