/** Whose words a piece is in, for a page to show. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { isOwn } from "../../static/js/export/room-pieces.js";

test("own words are those that one wrote, also before they came back from an archive", () => {
  assert.ok(isOwn({ mine: true, doc: {} }));
  assert.ok(isOwn({ mine: true, doc: { from: { mine: true, name: "Ana" } } }));
});

test("the other's words are not one's own, also in one's own journal after a restore", () => {
  assert.ok(!isOwn({ mine: false, doc: {} }));
  assert.ok(!isOwn({ mine: true, doc: { from: { mine: false, name: "Sam" } } }));
  assert.ok(!isOwn({ mine: false, doc: { from: { mine: true, name: "Sam" } } }));
  assert.ok(!isOwn({ mine: true, doc: { from: {} } }));
});
