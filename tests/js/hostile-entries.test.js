/**
 * A server that returns one entry in place of another: each affected entry stays closed, and all
 * others open.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { fromBase64Url, randomBytes, toBase64Url } from "../../static/js/crypto/bytes.js";
import { accountKeys } from "../../static/js/crypto/keys.js";
import { sealJson } from "../../static/js/crypto/envelope.js";
import { Kind } from "../../static/js/crypto/kinds.js";
import { openFile, sealFile } from "../../static/js/replica/attachments.js";
import { Journal } from "../../static/js/replica/journal.js";
import { RollbackGuard } from "../../static/js/replica/rollback-guard.js";

/** @type {any} */ (globalThis).window = globalThis;
const locks = {
  request: async (/** @type {string} */ _, /** @type {() => Promise<void>} */ work) => work(),
};
Object.defineProperty(globalThis, "navigator", { configurable: true, value: { locks } });

const MANY = 10_000;
const id = randomBytes(16);
const keys = await accountKeys(randomBytes(32));

/**
 * A member's journal on a device that has no record of seen entries yet.
 * @param {Uint8Array} [journalId]
 */
function opened(journalId = id) {
  const session = { id, account: { id: toBase64Url(id) }, unlockedKeys: keys, state: "unlocked" };
  /** @type {{ says: any }} */
  const server = { says: null };
  const store = { get: async () => undefined, put: async () => {} };
  const home = {
    session,
    holds: () => true,
    rollbackGuard: new RollbackGuard(/** @type {any} */ (session), /** @type {any} */ (store)),
    api: { get: async () => server.says, getBox: async () => server.says },
  };
  const whose = {
    id: journalId,
    key: keys.data,
    names: keys.names,
    members: [id],
    shared: false,
    writable: true,
  };
  return { journal: new Journal(/** @type {any} */ (home), whose), server };
}

/**
 * @param {Journal} journal
 * @param {string} text
 * @param {{ id?: string, rev?: number }} [options]
 */
async function written(journal, text, options) {
  const about = { type: "note", at: "2026-11-25T12:00:00Z", text };
  const { id: entry, rev, box } = await journal.seal(about, options);
  return { id: entry, author: toBase64Url(id), rev, born: 1, place: 1, box };
}

/**
 * Return the entries as a journal opens them.
 * @param {any[]} entries
 * @param {Journal} journal
 * @param {any} server
 */
async function seen(entries, journal, server) {
  server.says = { entries, place: 99, more: false };
  await journal.pull();
  return entries.map((one) => {
    const entry = journal.entries.get(one.id);
    return entry?.doc?.text ?? entry?.trouble ?? "not there";
  });
}

test("an entry under another's id is closed", async () => {
  const { journal, server } = opened();
  const one = await written(journal, "one");
  const two = await written(journal, "two");
  const swapped = [
    { ...one, box: two.box },
    { ...two, box: one.box },
  ];
  assert.deepEqual(await seen(swapped, journal, server), ["cannot-open", "cannot-open"]);
});

test("an entry of another revision, author or journal does not open", async () => {
  const { journal, server } = opened();
  const own = await written(journal, "mine");
  const rev = { ...(await written(journal, "later")), rev: 3 };
  const author = { ...(await written(journal, "whose")), author: toBase64Url(randomBytes(16)) };
  const elsewhere = await written(opened(randomBytes(16)).journal, "elsewhere");
  const found = await seen([rev, author, elsewhere, own], journal, server);
  assert.deepEqual(found, ["cannot-open", "cannot-open", "cannot-open", "mine"]);
});

test("an older revision after a newer one is said to be older", async () => {
  const { journal, server } = opened();
  const first = await written(journal, "first");
  const second = await written(journal, "second", { id: first.id, rev: 2 });
  assert.deepEqual(await seen([second], journal, server), ["second"]);
  server.says = { entries: [{ ...first, place: 120 }], place: 120, more: false };
  await journal.pull();
  assert.equal(journal.entries.get(first.id)?.trouble, "older");
});

test("an id that is there twice is one entry", async () => {
  const { journal, server } = opened();
  const one = await written(journal, "one");
  assert.deepEqual(await seen([one, one], journal, server), ["one", "one"]);
  assert.equal(journal.entries.size, 1);
});

test("ten thousand boxes that do not open close themselves alone", async () => {
  const { journal, server } = opened();
  const own = await written(journal, "mine");
  const noise = Array.from({ length: MANY }, () => ({ ...own, id: toBase64Url(randomBytes(16)) }));
  const found = await seen([...noise, own], journal, server);
  assert.equal(found.pop(), "mine");
  assert.deepEqual(new Set(found), new Set(["cannot-open"]));
  assert.equal(journal.entries.size, MANY + 1);
});

test("a box of another kind does not open, though the key and the fields are right", async () => {
  const { journal, server } = opened();
  const own = await written(journal, "mine");
  const fields = { scopeId: id, recordId: fromBase64Url(own.id), authorId: id, rev: 1 };
  const doc = { type: "note", at: "2026-11-25T12:00:00Z", text: "kept for this device" };
  const local = toBase64Url(await sealJson(keys.data, Kind.LOCAL, fields, doc));
  assert.deepEqual(await seen([{ ...own, box: local }], journal, server), ["cannot-open"]);
  assert.deepEqual(await seen([own], journal, server), ["mine"], "the entry itself opens");
});

test("the attachment of another entry, or another of the same one, is refused", async () => {
  const { journal, server } = opened();
  const entry = await written(journal, "with pictures");
  const about = { mime: "audio/webm", name: "" };
  const files = await Promise.all(
    [entry.id, entry.id, toBase64Url(randomBytes(16))].map((whose) =>
      sealFile(journal, whose, randomBytes(100), about),
    ),
  );
  const [own, sibling, others] = /** @type {[any, any, any]} */ (files);
  const holder = /** @type {any} */ (entry);
  for (const { parcel } of [sibling, others]) {
    server.says = { box: parcel.box, tag: null };
    await assert.rejects(openFile(journal, holder, own.note), /another file/);
  }
  // with the hash altered too, which takes the member's key, it is still bound to its entry
  server.says = { box: others.parcel.box, tag: null };
  await assert.rejects(openFile(journal, holder, { ...own.note, sha256: others.note.sha256 }));
  server.says = { box: own.parcel.box, tag: null };
  assert.equal((await openFile(journal, holder, own.note)).size, 100);
});
