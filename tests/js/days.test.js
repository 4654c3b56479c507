/** A day is a local calendar date: leap years, recurrence, time zones, countries. */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

import { COUNTRIES } from "../../static/js/days/countries.js";
import {
  toDateString,
  easter,
  addDays,
  parseDate,
  formatDate,
  nthSunday,
} from "../../static/js/calendar-date.js";
import {
  isToday,
  isAnnouncedForTomorrow,
  upcomingDays,
  nextOccurrence,
} from "../../static/js/days/recurrence.js";

/** @param {Partial<import("../../static/js/days/recurrence.js").Day>} fields */
const kept = (fields) => ({ id: "one", shared: false, what: "due", yearly: true, ...fields });
/** @param {Record<string, import("../../static/js/days/recurrence.js").DayMark>} marks */
const saying = (marks) => (/** @type {string} */ id) => marks[id] ?? {};

test("a day that no calendar has is none", () => {
  const none = [
    "2026-02-29",
    "2026-04-31",
    "--13-01",
    "--00-10",
    "--06-00",
    "2026-6-1",
    "0026-06-01",
    "tomorrow",
    undefined,
  ];
  for (const text of none) assert.equal(parseDate(text), null, String(text));
  assert.deepEqual(parseDate("--02-29"), { year: null, month: 2, date: 29 });
  assert.deepEqual(parseDate("2028-02-29"), { year: 2028, month: 2, date: 29 });
  assert.equal(toDateString(null, 2, 29), "--02-29");
});

test("each year it comes, but not before its first year", () => {
  assert.equal(nextOccurrence(kept({ date: "2025-03-01" }), "2026-03-01")?.on, "2026-03-01");
  assert.equal(nextOccurrence(kept({ date: "2025-03-01" }), "2026-03-02")?.on, "2027-03-01");
  assert.equal(nextOccurrence(kept({ date: "2031-03-01" }), "2026-03-02")?.on, "2031-03-01");
  assert.equal(nextOccurrence(kept({ date: "--12-31" }), "2026-12-31")?.on, "2026-12-31");
  assert.equal(nextOccurrence(kept({ date: "--01-01" }), "2026-12-31")?.on, "2027-01-01");
  const once = kept({ date: "2027-05-05", yearly: false });
  assert.equal(nextOccurrence(once, "2026-11-24")?.on, "2027-05-05");
  assert.equal(nextOccurrence(once, "2027-05-06"), null);
  assert.equal(nextOccurrence(kept({ date: "2026-02-30" }), "2026-01-01"), null);
});

test("the 29th of February is on the 28th in other years, and says so", () => {
  const leap = kept({ date: "2024-02-29" });
  assert.deepEqual(nextOccurrence(leap, "2026-11-24"), {
    on: "2027-02-28",
    until: "2027-02-28",
    moved: true,
  });
  assert.deepEqual(nextOccurrence(leap, "2027-03-01"), {
    on: "2028-02-29",
    until: "2028-02-29",
    moved: false,
  });
  assert.equal(nextOccurrence(kept({ date: "--02-29" }), "2100-01-01")?.on, "2100-02-28");
});

test("three days are here on each of the three", () => {
  const dead = kept({ what: "dead" });
  const here = (/** @type {string} */ now) =>
    upcomingDays([dead], saying({}), now).some((next) => isToday(next, now));
  assert.deepEqual(
    ["2026-10-30", "2026-10-31", "2026-11-01", "2026-11-02", "2026-11-03"].map(here),
    [false, true, true, true, false],
  );
  assert.equal(nextOccurrence(kept({ what: "wave" }), "2026-11-24")?.on, "2027-10-15");
  assert.equal(nextOccurrence(kept({ what: "ten-may" }), "2027-05-10")?.on, "2027-05-10");
});

test("the nearest is first; a warning is for the day before, and for who wants it", () => {
  const days = [
    kept({ id: "far", date: "--03-02" }),
    kept({ id: "near", date: "--03-01" }),
    kept({ id: "gone", date: "2025-01-01", yearly: false }),
  ];
  const next = upcomingDays(days, saying({ near: { warn: true } }), "2027-02-28");
  assert.deepEqual(
    next.map((one) => one.day.id),
    ["near", "far"],
  );
  assert.deepEqual(
    next.map((one) => isAnnouncedForTomorrow(one, "2027-02-28")),
    [true, false],
  );
  assert.deepEqual(
    upcomingDays(days, saying({}), "2027-02-28").map((one) =>
      isAnnouncedForTomorrow(one, "2027-02-28"),
    ),
    [false, false],
  );
  const [near] = upcomingDays(days, saying({ near: { warn: true } }), "2027-02-27");
  assert.ok(near && !isAnnouncedForTomorrow(near, "2027-02-27") && !isToday(near, "2027-02-27"));
});

test("“not this year” is quiet once, “never again” for good; the day stays", () => {
  const days = [kept({ date: "--03-01" })];
  const quiet = (
    /** @type {string} */ now,
    /** @type {import("../../static/js/days/recurrence.js").DayMark} */ mark,
  ) =>
    upcomingDays(days, saying({ one: { warn: true, ...mark } }), now).map((next) => [
      next.quiet,
      isToday(next, now),
      isAnnouncedForTomorrow(next, now),
    ]);
  assert.deepEqual(quiet("2027-03-01", { not: "2027-03-01" }), [["this-time", false, false]]);
  assert.deepEqual(quiet("2028-03-01", { not: "2027-03-01" }), [["", true, false]]);
  assert.deepEqual(quiet("2028-02-29", { never: true }), [["never", false, false]]);
});

test("each country has its own two days", () => {
  const on = (/** @type {string} */ country, /** @type {"mother" | "father"} */ kind) =>
    COUNTRIES[country]?.[kind](2026);
  assert.deepEqual(
    ["US", "MX", "ES", "GB", "AR", "CL", "CO", "BO", "NI", "CR", "PA", "DO", "PY", "FR", "PE"].map(
      (code) => `${code} ${on(code, "mother")}`,
    ),
    [
      "US 2026-05-10",
      "MX 2026-05-10",
      "ES 2026-05-03",
      "GB 2026-03-15",
      "AR 2026-10-18",
      "CL 2026-05-10",
      "CO 2026-05-10",
      "BO 2026-05-27",
      "NI 2026-05-30",
      "CR 2026-08-15",
      "PA 2026-12-08",
      "DO 2026-05-31",
      "PY 2026-05-15",
      "FR 2026-05-31",
      "PE 2026-05-10",
    ],
  );
  assert.deepEqual(
    ["US", "MX", "ES", "GB", "AR", "UY", "GT", "HN", "NI", "BR", "AU", "DO", "DE"].map(
      (code) => `${code} ${on(code, "father")}`,
    ),
    [
      "US 2026-06-21",
      "MX 2026-06-21",
      "ES 2026-03-19",
      "GB 2026-06-21",
      "AR 2026-06-21",
      "UY 2026-07-12",
      "GT 2026-06-17",
      "HN 2026-03-19",
      "NI 2026-06-23",
      "BR 2026-08-09",
      "AU 2026-09-06",
      "DO 2026-07-26",
      "DE 2026-05-14",
    ],
  );
  assert.equal(COUNTRIES.FR?.mother(2028), "2028-05-28");
  assert.equal(COUNTRIES.FR?.mother(2023), "2023-06-04", "the last Sunday of May was Whit Sunday");
  assert.equal(
    nextOccurrence(kept({ what: "mother", country: "GB" }), "2026-03-16")?.on,
    "2027-03-07",
  );
  assert.equal(nextOccurrence(kept({ what: "mother", country: "ZZ" }), "2026-03-16"), null);
});

test("Easter and Sundays are where calendars have them", () => {
  assert.deepEqual([2024, 2025, 2026, 2027, 2038].map(easter), [
    "2024-03-31",
    "2025-04-20",
    "2026-04-05",
    "2027-03-28",
    "2038-04-25",
  ]);
  assert.deepEqual(
    [nthSunday(2026, 5, 1), nthSunday(2026, 5, -1), nthSunday(2026, 2, 1), nthSunday(2026, 2, -1)],
    ["2026-05-03", "2026-05-31", "2026-02-01", "2026-02-22"],
  );
  assert.equal(addDays("2026-12-31", 1), "2027-01-01");
  assert.equal(formatDate("--02-29", "en"), "February 29");
  assert.equal(formatDate("2026-03-01", "es", true), "domingo, 1 de marzo de 2026");
});

const MOMENT = "2026-03-08T10:30:00Z"; // the night in which clocks change in North America
for (const [zone, date] of [
  ["Pacific/Kiritimati", "2026-03-09"],
  ["Asia/Kathmandu", "2026-03-08"],
  ["UTC", "2026-03-08"],
  ["America/Los_Angeles", "2026-03-08"],
  ["Pacific/Pago_Pago", "2026-03-07"],
]) {
  test(`in ${zone} it is the day that the calendar there shows`, () => {
    const script = `
      import { addDays, formatDate, today } from "./static/js/calendar-date.js";
      const now = today(new Date("${MOMENT}"));
      console.log(now, addDays(now, 1), formatDate(now, "en"));`;
    const output = execFileSync(process.execPath, ["--input-type=module", "-e", script], {
      env: { ...process.env, TZ: zone },
      encoding: "utf8",
    });
    const number = Number(date?.slice(8));
    assert.equal(
      output.trim(),
      `${date} 2026-03-${String(number + 1).padStart(2, "0")} March ${number}, 2026`,
    );
  });
}
