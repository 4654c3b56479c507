/** What stands on the keepsakes' shelf, and what of it is shown before it is tapped. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { firstWords } from "../../static/js/entries/first-words.js";
import { isClosedLetter, nextDay, shelfThings } from "../../static/js/keepsakes/shelf.js";

/** @param {number} day @param {boolean} shared @param {object} doc */
function entry(day, shared, doc) {
  const at = new Date(Date.UTC(2026, 10, day)).toISOString();
  return /** @type {any} */ ({ id: `${day}`, shared, doc: { type: "keepsake", at, ...doc } });
}

test("keepsakes and letters stand together, the newest first, and no more than two rows", () => {
  const keepsakes = Array.from({ length: 20 }, (_, at) => entry(20 - at, true, { kind: "photo" }));
  const letters = [entry(25, true, { type: "letter", text: "Dear friend" })];
  const things = shelfThings(keepsakes, letters);
  assert.equal(things.length, 12);
  assert.deepEqual(
    things.slice(0, 3).map(({ entry: { id } }) => id),
    ["25", "20", "19"],
  );
  assert.equal(things[0]?.drawing, "letter");
});

test("nothing of a private keepsake or of any letter is on the shelf", () => {
  const small = { id: "small", mime: "image/jpeg", small: true };
  const doc = { kind: "photo", title: "The lake", text: "That morning", files: [small] };
  const [mine] = shelfThings([entry(1, false, doc)], []);
  assert.deepEqual([mine?.drawing, mine?.name, mine?.picture], ["closed", "", null]);
  const [ours] = shelfThings([entry(1, true, doc)], []);
  assert.deepEqual([ours?.drawing, ours?.name, ours?.picture], ["photo", "The lake", small]);
  for (const shared of [true, false]) {
    const [letter] = shelfThings([], [entry(1, shared, { type: "letter", text: "Dear" })]);
    assert.deepEqual([letter?.name, letter?.picture], ["", null]);
  }
});

test("a letter is closed until its day, unless its author has opened it", () => {
  const closed = (/** @type {object} */ doc) => {
    const [letter] = shelfThings([], [entry(1, false, { type: "letter", ...doc })]);
    return letter && isClosedLetter(letter);
  };
  assert.equal(closed({ opens: "2999-01-01" }), true);
  assert.equal(closed({ opens: "2999-01-01", opened: true }), false);
  assert.equal(closed({}), false);
});

test("a malformed document is a thing in words", () => {
  const [thing] = shelfThings([entry(1, true, { kind: { a: 1 }, files: "x", title: null })], []);
  assert.deepEqual([thing?.drawing, thing?.name, thing?.picture], ["object", "", null]);
});

test("a name is as many whole words as fit", () => {
  assert.equal(firstWords("  The ring\n"), "The ring");
  assert.equal(
    firstWords("A room with yellow curtains, and someone laughing in it"),
    "A room with yellow curtains, and someone…",
  );
  assert.equal(
    firstWords("The soup had too much pepper, far too much, and we ate it"),
    "The soup had too much pepper, far too…",
  );
  assert.equal(firstWords("x".repeat(90)), "x".repeat(90));
});

test("the next day is the nearest that is not silenced, and none during a rest", () => {
  const day = (/** @type {string} */ on, quiet = "") => /** @type {any} */ ({ on, quiet });
  const days = [day("2026-12-01", "this-time"), day("2026-12-02", "never"), day("2027-02-18")];
  assert.equal(nextDay(days, false)?.on, "2027-02-18");
  assert.equal(nextDay(days, true), null);
  assert.equal(nextDay(days.slice(0, 2), false), null);
});
