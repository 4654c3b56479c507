/** Two people edit one map: no concurrent write of either is overwritten by the other's. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { LwwMap } from "../../static/js/replica/lww-map.js";
import { Shared } from "./shared.js";

/**
 * @param {Map<string, any>} rows
 * @param {"ana" | "sam"} me
 */
function thingOf(rows, me, name = "comforts") {
  const journal = /** @type {any} */ (new Shared(rows, me));
  const ids = (me === "ana" ? ["ana", "sam"] : ["sam", "ana"]).map((one) => `${name} of ${one}`);
  return new LwwMap(journal, "list", name, ids);
}

/** @param {LwwMap} list */
const words = (list) => list.items.map((item) => item.text);

test("both add at once and both see all of it", async () => {
  const rows = new Map();
  const [ana, sam] = [thingOf(rows, "ana"), thingOf(rows, "sam")];
  await ana.set({ text: "tea" });
  await sam.set({ text: "a walk" });
  for (const one of [ana, sam]) await one.refresh();
  assert.deepEqual(words(ana).sort(), ["a walk", "tea"]);
  assert.deepEqual(words(sam), words(ana));
  assert.equal(rows.size, 2);
  assert.deepEqual(
    [...rows.values()].map((row) => Object.keys(row.doc.items).length),
    [1, 1],
  );
});

test("what was said last stands, and the other's entry is not touched", async () => {
  const rows = new Map();
  const [ana, sam] = [thingOf(rows, "ana"), thingOf(rows, "sam")];
  const id = await ana.set({ text: "tea" });
  await sam.refresh();
  await sam.set({ text: "cold tea" }, id);
  await sam.remove(id);
  await ana.refresh();
  assert.deepEqual(words(ana), []);
  assert.equal(rows.get("comforts of ana").rev, 1);
  await ana.set({ text: "tea after all" }, id);
  await sam.refresh();
  assert.deepEqual(words(sam), ["tea after all"]);
});

test("a clock that runs behind does not lose to what it has seen", async () => {
  const rows = new Map();
  const list = thingOf(rows, "ana");
  const ahead = new Date(Date.now() + 3_600_000).toISOString();
  rows.set("comforts of sam", {
    id: "comforts of sam",
    rev: 1,
    author: "sam",
    doc: {
      type: "list",
      thing: "comforts",
      items: { one: { since: ahead, at: ahead, text: "old" } },
    },
  });
  await list.refresh();
  await list.set({ text: "new" }, "one");
  assert.deepEqual(words(list), ["new"]);
});

test("a second device that was quicker loses nothing", async () => {
  const rows = new Map();
  const [phone, tablet] = [thingOf(rows, "ana"), thingOf(rows, "ana")];
  await phone.set({ text: "one" });
  await tablet.refresh();
  await tablet.set({ text: "two" });
  await phone.set({ text: "three" });
  assert.deepEqual(words(phone).sort(), ["one", "three", "two"]);
});

test("another list in the same journal stays another list", async () => {
  const rows = new Map();
  const [comforts, people] = [thingOf(rows, "ana"), thingOf(rows, "ana", "people")];
  await comforts.set({ text: "tea" });
  await people.refresh();
  assert.deepEqual(words(people), []);
  assert.deepEqual(words(comforts), ["tea"]);
});
