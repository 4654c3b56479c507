/** A server that replays deleted entries, or pages without end. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { toBase64Url, randomBytes } from "../../static/js/crypto/bytes.js";
import { accountKeys } from "../../static/js/crypto/keys.js";
import { Journal } from "../../static/js/replica/journal.js";
import { pages } from "../../static/js/replica/pages.js";
import { RollbackGuard } from "../../static/js/replica/rollback-guard.js";
import { InvalidResponseError } from "../../static/js/net/api.js";

/** @type {any} */ (globalThis).window = globalThis;
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: {
    locks: {
      request: async (/** @type {string} */ _, /** @type {() => Promise<void>} */ work) => work(),
    },
  },
});

const id = randomBytes(16);
const keys = await accountKeys(randomBytes(32));
/**
 * The device's storage.
 * @type {Map<string, any>}
 */
let disk = new Map();
/**
 * The requests that the server received, and its next responses.
 * @type {string[]}
 */
let asked = [];
/** @type {(path: string) => any} */
let respond = () => ({});

beforeEach(() => {
  disk = new Map();
  asked = [];
});

/** A page that has just been opened on the device. */
function page() {
  const session = { id, account: { id: toBase64Url(id) }, unlockedKeys: keys, state: "unlocked" };
  const deviceStore = {
    get: async (/** @type {string} */ store, /** @type {string} */ key) =>
      disk.get(`${store}.${key}`),
    put: async (/** @type {string} */ store, /** @type {string} */ key, /** @type {any} */ value) =>
      void disk.set(`${store}.${key}`, value),
  };
  const home = {
    session,
    holds: () => true,
    rollbackGuard: new RollbackGuard(
      /** @type {any} */ (session),
      /** @type {any} */ (deviceStore),
    ),
    trash: {
      trashThenDelete: async (
        /** @type {any} */ _,
        /** @type {any} */ __,
        /** @type {() => Promise<void>} */ erase,
      ) => erase(),
    },
    api: {
      get: async (/** @type {string} */ path) => {
        asked.push(path);
        return respond(path);
      },
      delete: async () => ({ place: 7 }),
    },
  };
  const whose = {
    id,
    key: keys.data,
    names: keys.names,
    members: [id],
    shared: false,
    writable: true,
  };
  return new Journal(/** @type {any} */ (home), whose);
}

/**
 * An entry as the server stores it.
 * @param {Journal} journal
 * @param {string} text
 * @param {{ id?: string, rev?: number }} [options]
 */
async function written(journal, text, options) {
  const {
    id: entry,
    rev,
    box,
  } = await journal.seal({ type: "note", at: "2026-11-25T12:00:00Z", text }, options);
  return { id: entry, author: toBase64Url(id), rev, born: 1, place: rev, box };
}

const whole = (/** @type {any[]} */ entries, place = 9) => ({ entries, place, more: false });
const tombstone = (/** @type {any} */ { id, author, rev }) => ({
  id,
  author,
  rev: rev + 1,
  born: 1,
  place: 5,
  gone: true,
});

test("what was deleted elsewhere is refused when it is played back", async () => {
  const journal = page();
  const wire = await written(journal, "the yellow room");
  respond = () => whole([wire]);
  await journal.pull();
  assert.equal(journal.entries.get(wire.id)?.doc?.text, "the yellow room");
  respond = () => whole([tombstone(wire)]);
  await journal.pull();
  assert.equal(journal.entries.size, 0);
  for (const one of [journal, page()]) {
    respond = () => whole([{ ...wire, place: 8 }]);
    await one.pull();
    const again = one.entries.get(wire.id);
    assert.deepEqual([again?.trouble, again?.doc], ["deleted", null]);
    respond = () => wire;
    assert.equal((await one.fetch(wire.id))?.trouble, "deleted");
  }
});

test("what was deleted here is refused too, a later revision of it as well", async () => {
  const journal = page();
  const wire = await written(journal, "the yellow room");
  respond = () => whole([wire]);
  await journal.pull();
  const entry = /** @type {any} */ (journal.entries.get(wire.id));
  await journal.erase(entry);
  const later = await written(journal, "the yellow room", { id: wire.id, rev: 3 });
  for (const one of [journal, page()]) {
    for (const back of [wire, later]) {
      respond = () => back;
      assert.equal((await one.fetch(wire.id))?.trouble, "deleted");
    }
  }
});

test("the place and the revision of a deletion stay on the device, and not in clear", async () => {
  const journal = page();
  const wire = await written(journal, "the yellow room");
  respond = () => whole([wire, tombstone(wire)]);
  journal.cursor = 0;
  await journal.pull();
  assert.deepEqual((await page().journals.rollbackGuard.all).gone.get(wire.id), [2, 5]);
  assert.ok(!JSON.stringify([...disk]).includes(wire.id));
});

test("two tabs add to what the device has seen, and neither takes away from it", async () => {
  const [journal, other] = [page(), page()];
  const [mine, theirs] = [await written(journal, "one"), await written(journal, "other")];
  await other.journals.rollbackGuard.check(theirs.id, 4); // loaded before the other tab deletes
  await journal.journals.rollbackGuard.recordDeletions([tombstone(mine)]);
  await other.journals.rollbackGuard.recordDeletions([tombstone(theirs)]);
  await journal.journals.rollbackGuard.check(mine.id, 1);
  await journal.journals.rollbackGuard.recordDeletions([
    tombstone(await written(journal, "a third")),
  ]);
  const { revs, gone } = await page().journals.rollbackGuard.all;
  assert.equal(gone.size, 3);
  assert.equal(revs.get(theirs.id), 4);
});

test("an answer asked for before the deletion is late and no lie", async () => {
  const journal = page();
  const wire = await written(journal, "the yellow room");
  respond = () => whole([wire]);
  await journal.pull();
  /** @type {(value: any) => void} */
  let arrive = () => {};
  respond = () => new Promise((resolve) => (arrive = resolve));
  const late = journal.fetch(wire.id);
  await journal.erase(/** @type {any} */ (journal.entries.get(wire.id)));
  arrive(wire);
  assert.equal(await late, null);
  assert.equal(journal.entries.size, 0);
});

test("an older revision asked for before the newer one came is no lie either", async () => {
  const journal = page();
  const first = await written(journal, "first");
  const second = await written(journal, "second", { id: first.id, rev: 2 });
  /** @type {(value: any) => void} */
  let arrive = () => {};
  respond = () => new Promise((resolve) => (arrive = resolve));
  const late = journal.fetch(first.id);
  journal.cursor = 0;
  respond = () => whole([second]);
  await journal.pull();
  arrive(first);
  const entry = await late;
  assert.deepEqual([entry?.doc?.text, entry?.trouble], ["second", ""]);
  respond = () => first;
  assert.equal((await journal.fetch(first.id))?.trouble, "older");
});

test("a list of changes without an end ends where the place stands still", async () => {
  const journal = page();
  const wire = await written(journal, "a word");
  journal.cursor = 3;
  respond = () => ({ entries: [wire], place: 3, more: true });
  await assert.rejects(journal.pull(), InvalidResponseError);
  assert.equal(asked.length, 1);
  assert.equal(journal.entries.get(wire.id)?.doc?.text, "a word", "what came with it is read");
  respond = () => ({ entries: [], place: 4 - asked.length, more: true });
  await assert.rejects(journal.pull(), InvalidResponseError);
  assert.ok(asked.length < 5);
});

test("pages of a journal end where they lead no further back", async () => {
  const journal = page();
  const wire = await written(journal, "a word");
  respond = () => ({ entries: [{ ...wire, born: 40 }], place: 50 });
  await assert.rejects(journal.loadAll(), InvalidResponseError);
  assert.equal(asked.length, 2);
  await assert.rejects(async () => {
    for await (const _ of pages(/** @type {any} */ (journal.journals.api), journal.path, 100));
  }, InvalidResponseError);
  assert.equal(asked.length, 4);
});

test("one box that is no box closes nothing but itself", async () => {
  const journal = page();
  const wire = await written(journal, "a word");
  const odd = { ...wire, id: toBase64Url(randomBytes(16)), box: "A" };
  respond = () => whole([odd, wire]);
  await journal.pull();
  assert.equal(journal.entries.get(odd.id)?.trouble, "cannot-open");
  assert.equal(journal.entries.get(wire.id)?.doc?.text, "a word");
});
