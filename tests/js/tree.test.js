/** One tree for two people: it is planted once, and a leaf belongs to its author alone. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { toBase64Url } from "../../static/js/crypto/bytes.js";
import { LwwMap } from "../../static/js/replica/lww-map.js";
import { Tree } from "../../static/js/tree/tree.js";

/**
 * @param {Map<string, any>} rows
 * @param {"ana" | "sam"} me
 */
function treeOf(rows, me) {
  const entries = new Map();
  const journal = {
    entries,
    /** @param {string} id */
    async find(id) {
      const row = rows.get(id);
      if (row) entries.set(id, { ...row, trouble: "", mine: row.author === me });
    },
    /**
     * @param {any} doc
     * @param {{ id: string, rev: number }} options
     */
    async write(doc, options) {
      rows.set(options.id, { ...options, author: me, doc: structuredClone(doc) });
      await this.find(options.id);
    },
  };
  const ids = me === "ana" ? ["of ana", "of sam"] : ["of sam", "of ana"];
  return new Tree(new LwwMap(/** @type {any} */ (journal), "tree", "tree", ids));
}

/** @type {import("../../static/js/tree/tree.js").About} */
const about = { whom: [{ text: "Luz", language: "es" }], where: "south" };

/** @param {any[]} trees */
const load = (...trees) => Promise.all(trees.map((tree) => tree.load()));

test("what one plants both see, and it is not planted again", async () => {
  const rows = new Map();
  const [ana, sam] = [treeOf(rows, "ana"), treeOf(rows, "sam")];
  assert.equal(ana.seed, null);
  await ana.plant(about);
  await load(sam);
  const seed = toBase64Url(/** @type {Uint8Array} */ (sam.seed));
  assert.equal(seed.length, 22);
  assert.deepEqual(sam.about, about);
  await sam.plant({ whom: [], where: "green" });
  await load(ana, sam);
  for (const tree of [ana, sam]) {
    assert.equal(toBase64Url(/** @type {Uint8Array} */ (tree.seed)), seed);
    assert.deepEqual(tree.about, { whom: [], where: "green" });
  }
});

test("two who plant at once have one tree, the first one, and it stays", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: 1_800_000_000_000 });
  const rows = new Map();
  const [ana, sam] = [treeOf(rows, "ana"), treeOf(rows, "sam")];
  await ana.plant(about);
  t.mock.timers.tick(5);
  await sam.plant({ whom: [], where: "north" });
  const first = toBase64Url(/** @type {Uint8Array} */ (ana.seed));
  await load(ana, sam);
  t.mock.timers.tick(5);
  await ana.updateAbout({ whom: [], where: "green" });
  await load(ana, sam);
  for (const tree of [ana, sam])
    assert.equal(toBase64Url(/** @type {Uint8Array} */ (tree.seed)), first);
});

test("leaves of both hang in places of their own, in the order in which they came", async () => {
  const rows = new Map();
  const [ana, sam] = [treeOf(rows, "ana"), treeOf(rows, "sam")];
  await ana.plant(about);
  await load(sam);
  await ana.hang("the maple", "one");
  await load(sam);
  await sam.hang("the boat", "two");
  await load(ana);
  assert.deepEqual(
    ana.leaves.map(({ text, place, mine }) => [text, place, mine]),
    [
      ["the maple", 0, true],
      ["the boat", 1, false],
    ],
  );
  await ana.takeDown("one");
  await load(sam);
  assert.deepEqual(
    sam.leaves.map(({ text, place }) => [text, place]),
    [["the boat", 1]],
  );
  await ana.hang("again", "three");
  assert.equal(ana.leaves.find(({ id }) => id === "three")?.place, 0);
});

test("two who hang at once hang side by side, on both screens alike", async () => {
  const rows = new Map();
  const [ana, sam] = [treeOf(rows, "ana"), treeOf(rows, "sam")];
  await ana.plant(about);
  await load(sam);
  await ana.hang("the maple", "one");
  await sam.hang("the boat", "two");
  await load(ana, sam);
  assert.deepEqual(ana.leaves.map(({ place }) => place).sort(), [0, 1]);
  const places = (/** @type {Tree} */ tree) => tree.leaves.map(({ id, place }) => [id, place]);
  assert.deepEqual(places(ana), places(sam));
});

test("nobody changes or takes down a leaf of the other's", async () => {
  const rows = new Map();
  const [ana, sam] = [treeOf(rows, "ana"), treeOf(rows, "sam")];
  await ana.plant(about);
  await ana.hang("the maple", "one");
  await load(sam);
  await sam.map.remove("one");
  await load(ana, sam);
  for (const tree of [ana, sam])
    assert.deepEqual(
      tree.leaves.map(({ text }) => text),
      ["the maple"],
    );
  assert.equal(rows.get("of ana").rev, 2);
});

test("what is no seed, no place and no word of the other page's is passed over", async () => {
  const rows = new Map();
  const ana = treeOf(rows, "ana");
  await ana.plant(about);
  const since = "2020-01-01T00:00:00.000Z";
  const items = {
    "@seed": { seed: "short", since, at: since },
    one: { text: 7, place: 1, since, at: since },
    two: { text: "words", place: -3, since, at: since },
  };
  rows.set("of sam", {
    id: "of sam",
    rev: 1,
    author: "sam",
    doc: { type: "tree", thing: "tree", items },
  });
  await load(ana);
  assert.equal(ana.seed?.length, 16);
  assert.deepEqual(
    ana.leaves.map(({ text, place }) => [text, place]),
    [["words", 0]],
  );
});
