/** Two people shape one thing: nothing that either says is gone, whatever the other does at once. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Conflict } from "../../static/js/journals/journal.js";
import { Thing } from "../../static/js/journals/thing.js";

/** A journal as one of two sees it; both write to the same `rows`. */
class Shared {
  /** @param {Map<string, any>} rows @param {string} me */
  constructor(rows, me) {
    this.rows = rows;
    this.me = me;
    /** @type {Map<string, any>} */
    this.entries = new Map();
  }

  async sync() {
    for (const row of this.rows.values()) {
      this.entries.set(row.id, { ...row, mine: row.author === this.me });
    }
  }

  all() {
    return this.sync();
  }

  /** @param {any} doc @param {{ id: string, rev: number }} [which] */
  async write(doc, which = { id: `entry-${this.rows.size}`, rev: 1 }) {
    const there = this.rows.get(which.id);
    if (there && (there.author !== this.me || which.rev !== there.rev + 1)) throw new Conflict(there);
    this.rows.set(which.id, { ...which, author: this.me, doc: structuredClone(doc) });
    this.entries.set(which.id, { ...which, author: this.me, mine: true, doc });
  }
}

/** @param {Map<string, any>} rows @param {string} me */
function thingOf(rows, me, name = "comforts") {
  const journal = new Shared(rows, me);
  return { journal, list: new Thing(/** @type {any} */ (journal), "list", name) };
}

/** @param {Thing} list */
const words = (list) => list.items.map((item) => item.text);

test("both add at once and both see all of it", async () => {
  const rows = new Map();
  const [ana, sam] = [thingOf(rows, "ana"), thingOf(rows, "sam")];
  await ana.list.put({ text: "tea" });
  await sam.list.put({ text: "a walk" });
  for (const { journal } of [ana, sam]) await journal.sync();
  assert.deepEqual(words(ana.list).sort(), ["a walk", "tea"]);
  assert.deepEqual(words(sam.list), words(ana.list));
  assert.equal(rows.size, 2);
  assert.deepEqual([...rows.values()].map((row) => Object.keys(row.doc.items).length), [1, 1]);
});

test("what was said last stands, and the other's entry is not touched", async () => {
  const rows = new Map();
  const [ana, sam] = [thingOf(rows, "ana"), thingOf(rows, "sam")];
  const id = await ana.list.put({ text: "tea" });
  await sam.journal.sync();
  await sam.list.put({ text: "cold tea" }, id);
  await sam.list.strike(id);
  await ana.journal.sync();
  assert.deepEqual(words(ana.list), []);
  assert.equal(rows.get("entry-0").rev, 1);
  await ana.list.put({ text: "tea after all" }, id);
  await sam.journal.sync();
  assert.deepEqual(words(sam.list), ["tea after all"]);
});

test("a clock that runs behind does not lose to what it has seen", async () => {
  const rows = new Map();
  const { journal, list } = thingOf(rows, "ana");
  const ahead = new Date(Date.now() + 3_600_000).toISOString();
  rows.set("x", { id: "x", rev: 1, author: "sam", doc: { type: "list", thing: "comforts", items: { one: { since: ahead, at: ahead, text: "old" } } } });
  await journal.sync();
  await list.put({ text: "new" }, "one");
  assert.deepEqual(words(list), ["new"]);
});

test("a second device that was quicker loses nothing", async () => {
  const rows = new Map();
  const [phone, tablet] = [thingOf(rows, "ana"), thingOf(rows, "ana")];
  await phone.list.put({ text: "one" });
  await tablet.journal.sync();
  await tablet.list.put({ text: "two" });
  await phone.list.put({ text: "three" });
  assert.deepEqual(words(phone.list).sort(), ["one", "three", "two"]);
});

test("another list in the same journal stays another list", async () => {
  const rows = new Map();
  const [comforts, people] = [thingOf(rows, "ana"), thingOf(rows, "ana", "people")];
  await comforts.list.put({ text: "tea" });
  await people.journal.sync();
  assert.deepEqual(words(people.list), []);
  assert.deepEqual(words(comforts.list), ["tea"]);
});
