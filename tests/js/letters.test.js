/**
 * A letter is time-locked until its day, unless its author has opened it; other entries never are.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isTimeLocked } from "../../static/js/replica/time-lock.js";

/** @param {Record<string, any>} fields */
const doc = (fields) => ({
  v: /** @type {const} */ (1),
  at: "2026-11-24T09:00:00+00:00",
  type: "letter",
  text: "…",
  ...fields,
});

test("it is closed before its day, and open on it and after", () => {
  const letter = doc({ opens: "2027-03-03" });
  assert.deepEqual(
    ["2027-03-02", "2027-03-03", "2030-01-01"].map((day) => isTimeLocked(letter, day)),
    [true, false, false],
  );
});

test("opened early it stays open", () => {
  assert.equal(isTimeLocked(doc({ opens: "2027-03-03", opened: true }), "2026-11-24"), false);
});

test("what has no day that a calendar knows is open", () => {
  for (const opens of [undefined, null, "", "--03-03", "2027-02-30", "later"]) {
    assert.equal(isTimeLocked(doc({ opens }), "2026-11-24"), false, String(opens));
  }
});

test("only letters are closed", () => {
  assert.equal(isTimeLocked(doc({ type: "note", opens: "2027-03-03" }), "2026-11-24"), false);
  assert.equal(isTimeLocked(null, "2026-11-24"), false);
});
