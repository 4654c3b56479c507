/** The recovery sheet is offered on a later visit, and not directly after writing. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { occasionFor } from "../../static/js/accounts/recovery-offer-panel.js";

const OPENED = Date.parse("2026-11-29T03:00:00Z");
const DAY_MS = 86_400_000;

/**
 * @param {string} at
 * @param {object} [more]
 */
function entry(at, more = {}) {
  return { mine: true, shared: false, doc: { type: "note", at }, ...more };
}
const before = entry("2026-11-28T03:10:00+01:00");
const now = entry("2026-11-29T04:05:00+01:00");

test("it is offered for what was written at an earlier visit", () => {
  assert.equal(occasionFor([before], OPENED, false, {}), "entry");
});

test("nothing is offered in the visit in which something was written", () => {
  for (const linked of [false, true]) {
    assert.equal(occasionFor([now], OPENED, linked, {}), null);
    assert.equal(occasionFor([before, now], OPENED, linked, {}), null);
    assert.equal(occasionFor([{ ...now, shared: true }], OPENED, linked, {}), null);
  }
});

test("what another person wrote meanwhile changes nothing", () => {
  const theirs = entry(now.doc.at, { mine: false, shared: true });
  assert.equal(occasionFor([before, theirs], OPENED, true, {}), "entry");
  assert.equal(occasionFor([theirs], OPENED, true, {}), "linked");
  assert.equal(occasionFor([theirs], OPENED, false, {}), null);
});

test("it is offered once for each occasion", () => {
  assert.equal(occasionFor([before], OPENED, true, { entry: Date.now() }), "linked");
  const both = { entry: Date.now(), linked: Date.now() };
  assert.equal(occasionFor([before], OPENED, true, both), null);
  const long = { ...both, entry: Date.now() - 8 * DAY_MS };
  assert.equal(occasionFor([before], OPENED, true, long), "week");
  assert.equal(occasionFor([before], OPENED, true, { ...long, week: Date.now() }), null);
});
