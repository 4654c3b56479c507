/** Drawing a question: none is repeated until all were seen, and those set aside come last. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { pickNext } from "../../static/js/talk/deck.js";

const cards = ["one", "two", "three", "four"].map((id) => ({
  id,
  theme: "",
  weight: "light",
  couple: false,
  two: false,
  text: id,
  note: "",
  kind: "",
}));

/**
 * @param {import("../../static/js/talk/deck.js").Marks} marks
 * @param {number} times
 */
function give(marks, times, chance = Math.random) {
  const given = [];
  for (let turn = 0; turn < times; turn++) {
    const id = pickNext(cards, marks, chance)?.id ?? "";
    const at = new Date(1_000_000 + marks.size * 1000 + given.length * 10_000).toISOString();
    marks.set(id, { as: "seen", at });
    given.push(id);
  }
  return given;
}

test("all come once before any comes again, round after round", () => {
  for (const chance of [() => 0, () => 0.999, Math.random]) {
    const given = give(new Map(), 12, chance);
    for (const round of [given.slice(0, 4), given.slice(4, 8), given.slice(8)]) {
      assert.deepEqual([...round].sort(), ["four", "one", "three", "two"]);
    }
  }
});

test("chance decides which comes first", () => {
  assert.equal(pickNext(cards, new Map(), () => 0)?.id, "one");
  assert.equal(pickNext(cards, new Map(), () => 0.999)?.id, "four");
});

test("what was set aside does not come back while there is another", () => {
  /** @type {import("../../static/js/talk/deck.js").Marks} */
  const marks = new Map([["two", { as: "aside", at: "2020-01-01T00:00:00Z" }]]);
  assert.ok(!give(marks, 9).includes("two"));
});

test("when all were set aside, the one from longest ago comes", () => {
  /** @type {import("../../static/js/talk/deck.js").Marks} */
  const marks = new Map(
    cards.map(({ id }, year) => [id, { as: "aside", at: `202${9 - year}-01-01T00:00:00Z` }]),
  );
  assert.equal(pickNext(cards, marks)?.id, "four");
});

test("where there is no question, none is given", () => {
  assert.equal(pickNext([], new Map()), null);
});
