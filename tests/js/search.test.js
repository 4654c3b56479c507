/**
 * Search finds half-remembered words in any spelling, and takes no noticeable time with ten
 * thousand entries.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import {
  EMPTY_QUERY,
  foldText,
  SearchIndex,
  searchableText,
} from "../../static/js/search/search-index.js";

/** @typedef {import("../../static/js/search/search-index.js").Source} Source */

/**
 * @param {Record<string, any>} doc
 * @param {Partial<Source>} [more]
 * @returns {Source}
 */
const source = (doc, more = {}) => ({
  id: String(doc.text),
  mine: true,
  at: 0,
  doc: { type: "note", ...doc },
  ...more,
});

const called = (/** @type {string} */ feeling) => (feeling === "sadness" ? "Tristeza" : feeling);

/**
 * @param {Source[]} sources
 * @param {Partial<import("../../static/js/search/search-index.js").Query>} query
 */
const found = (sources, query) =>
  new SearchIndex(called).search(sources, { ...EMPTY_QUERY, ...query }).map(({ id }) => id);

test("accents, capitals and curly apostrophes make no difference", () => {
  for (const [one, other] of [
    ["Corazón", "corazon"],
    ["MAÑANA", "mañana"],
    ["ñandú", "NANDU"],
    ["Zoë’s", "zoe's"],
    ["cafe\u0301", "café"],
  ]) {
    assert.equal(foldText(one ?? ""), foldText(other ?? ""));
  }
  assert.notEqual(foldText("mar"), foldText("mal"));
});

test("every word has to be there, whole or in part, in any order", () => {
  const sources = [
    source({ text: "The maple by the hospital" }),
    source({ text: "The maple at home" }),
    source({ text: "Soup" }),
  ];
  assert.deepEqual(found(sources, { words: "HOSP maple" }), ["The maple by the hospital"]);
  assert.deepEqual(found(sources, { words: "aple" }).length, 2);
  assert.deepEqual(found(sources, { words: "maple soup" }), []);
  assert.deepEqual(found(sources, { words: "  " }), []);
});

test("words are found in any field of any type, and nothing that a machine wrote", () => {
  const id = "A".repeat(21) + "g";
  const doc = {
    type: "keepsake",
    at: "2026-11-24T10:00:00+01:00",
    title: "The ring",
    for: [{ text: "Bean", language: "en" }],
    files: [{ id, sha256: "b".repeat(43), mime: "audio/webm", name: "" }],
    plan: { lines: ["a quiet day"] },
    items: { one: { text: "tea", at: "x" }, two: { text: "wine", struck: true } },
  };
  assert.deepEqual(searchableText(doc), ["The ring", "Bean", "a quiet day", "tea"]);
  for (const words of ["keepsake", "webm", "2026", "aaaa", "wine"]) {
    assert.deepEqual(found([source({ ...doc, text: "" })], { words }), [], words);
  }
});

test("a feeling finds one's own entries alone, by its id and by what it is called here", () => {
  const sources = [
    source({ text: "a", feelings: ["sadness", "awe"] }),
    source({ text: "b", feelings: ["sadness"] }, { mine: false }),
    source({ text: "c", feelings: ["relief"] }),
  ];
  assert.deepEqual(found(sources, { feeling: "sadness" }), ["a"]);
  assert.deepEqual(found(sources, { feeling: "awe" }), ["a"]);
  assert.deepEqual(found(sources, { feeling: "sadness", by: "other" }), []);
  assert.deepEqual(found(sources, { words: "tristeza", by: "me" }), ["a"]);
});

test("type, person, year and month narrow it down, and the newest comes first", () => {
  const at = (/** @type {number} */ year, /** @type {number} */ month) =>
    new Date(year, month - 1, 15).getTime();
  const sources = [
    source({ text: "old", type: "letter" }, { at: at(2024, 3) }),
    source({ text: "new", type: "letter" }, { at: at(2026, 3) }),
    source({ text: "theirs", type: "letter" }, { at: at(2025, 3), mine: false }),
    source({ text: "note" }, { at: at(2026, 4) }),
  ];
  assert.deepEqual(found(sources, { type: "letter" }), ["new", "theirs", "old"]);
  assert.deepEqual(found(sources, { type: "letter", by: "me" }), ["new", "old"]);
  assert.deepEqual(found(sources, { by: "other" }), ["theirs"]);
  assert.deepEqual(found(sources, { month: "3", year: "2026" }), ["new"]);
  assert.deepEqual(found(sources, { year: "2026" }), ["note", "new"]);
});

test("ten thousand entries are folded once and searched at once", () => {
  const words = [
    "maple",
    "hospital",
    "soup",
    "silencio",
    "corazón",
    "Sunday",
    "rain",
    "the list on the fridge",
  ];
  const sources = Array.from({ length: 10_000 }, (_, at) => {
    const text = Array.from(
      { length: 40 },
      (__, word) => words[(at * 7 + word * word) % words.length],
    ).join(" ");
    return source(
      { text: at % 2500 === 7 ? `${text} Añoranza ${at}` : text },
      { id: String(at), at },
    );
  });
  const index = new SearchIndex(called);
  const first = process.cpuUsage();
  assert.deepEqual(
    index.search(sources, { ...EMPTY_QUERY, words: "ANORAN" }).map(({ id }) => id),
    ["7507", "5007", "2507", "7"],
  );
  const folding = process.cpuUsage(first).user / 1000;
  const second = process.cpuUsage();
  for (const words of ["s", "so", "sou", "soup cora", "nowhere"])
    index.search(sources, { ...EMPTY_QUERY, words });
  const searching = process.cpuUsage(second).user / 1000 / 5;
  assert.ok(folding < 2000, `folded in ${folding} ms`); // ten times what a slow machine needs
  assert.ok(searching < 200, `searched in ${searching} ms`);
  assert.ok(searching < folding, "nothing is folded twice");
});
