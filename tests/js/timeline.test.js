/** The journal shows a page at a time, however many entries a search has fetched before. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Timeline } from "../../static/js/journals/timeline.js";

/**
 * A journal with a number of notes, fetched in pages of fifty.
 * @param {number} count
 * @param {boolean} shared
 */
function journalOf(count, shared) {
  const all = Array.from({ length: count }, (_, at) => {
    const day = new Date(Date.UTC(2020, 0, 1 + count - at)).toISOString();
    return { id: `${shared}-${at}`, born: count - at, doc: { type: "note", at: day, text: "x" } };
  });
  return {
    shared,
    entries: new Map(),
    cursor: -1,
    complete: false,
    fetched: 0,
    async loadOlder() {
      this.fetched++;
      this.cursor = count;
      for (const one of all.slice(this.entries.size, this.entries.size + 50))
        this.entries.set(one.id, one);
      this.complete = this.entries.size === count;
    },
  };
}

/**
 * @param {any} individual
 * @param {any} shared
 */
function timelineOf(individual, shared = null) {
  return new Timeline(
    /** @type {any} */ ({ visible: shared ? [individual, shared] : [individual] }),
  );
}

test("a journal that is all there is shown a page at a time, and nothing is fetched", async () => {
  const journal = journalOf(120, false);
  while (!journal.complete) await journal.loadOlder();
  const before = journal.fetched;
  const timeline = timelineOf(journal);
  const seen = [];
  for (let page = 0; page < 3; page++) {
    await timeline.showMore();
    seen.push([timeline.list.length, timeline.complete]);
  }
  assert.deepEqual(seen, [
    [50, false],
    [100, false],
    [120, true],
  ]);
  assert.equal(journal.fetched, before);
});

test("what is written while nothing can be fetched is seen when it has arrived", async () => {
  const journal = journalOf(0, false);
  journal.loadOlder = async () => {
    throw new Error("not connected");
  };
  const timeline = timelineOf(journal);
  await assert.rejects(timeline.showMore());
  journal.entries.set("new", {
    id: "new",
    born: 1,
    doc: { type: "note", at: "2020-01-01T00:00:00Z", text: "x" },
  });
  assert.deepEqual(
    timeline.list.map(({ id }) => id),
    ["new"],
  );
});

test("what does not open is seen at once, however much there is before it", async () => {
  const journal = journalOf(120, false);
  while (!journal.complete) await journal.loadOlder();
  journal.entries.set("newer", { id: "newer", born: 121, doc: null, trouble: "newer" });
  const timeline = timelineOf(journal);
  await timeline.showMore();
  assert.equal(timeline.list.length, 51);
  assert.equal(timeline.list.at(-1)?.id, "newer");
});

test("two journals are fetched as needed, and every entry comes, newest first", async () => {
  const [mine, ours] = [journalOf(130, false), journalOf(70, true)];
  const timeline = timelineOf(mine, ours);
  for (let turn = 0; !timeline.complete && turn < 20; turn++) await timeline.showMore();
  const times = timeline.list.map((entry) => entry.doc?.at ?? "");
  assert.equal(times.length, 200);
  assert.deepEqual(times, times.toSorted().toReversed());
  assert.ok(mine.fetched <= 3 && ours.fetched <= 2);
});
