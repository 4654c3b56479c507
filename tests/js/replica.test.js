/**
 * A journal is pulled once: known entries are not fetched again, and missed changes are noticed.
 */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { randomBytes, toBase64Url } from "../../static/js/crypto/bytes.js";
import { accountKeys } from "../../static/js/crypto/keys.js";
import { NotConnectedError } from "../../static/js/net/api.js";
import { Journal } from "../../static/js/replica/journal.js";
import { RollbackGuard } from "../../static/js/replica/rollback-guard.js";

/** @type {any} */ (globalThis).window = globalThis;
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: { locks: { request: async (/** @type {any} */ _, /** @type {any} */ work) => work() } },
});

const id = randomBytes(16);
const keys = await accountKeys(randomBytes(32));

/**
 * The server's entries and tombstones, by id.
 * @type {Map<string, any>}
 */
let rows = new Map();
let place = 0;
/**
 * The requests that the server received.
 * @type {string[]}
 */
let asked = [];
let connected = true;
let unlocked = true;

beforeEach(() => {
  rows = new Map();
  place = 0;
  asked = [];
  connected = unlocked = true;
});

/** The part of the API (docs/protocol.md §16) that a journal uses. */
const api = {
  get: async (/** @type {string} */ path) => {
    asked.push(path.replace(/^\/journals\/[^/]+/, ""));
    if (!connected) throw new NotConnectedError();
    const [address = "", query] = path.split("?");
    const wanted = new URLSearchParams(query);
    const limit = Number(wanted.get("limit"));
    if (address.endsWith("/changes")) {
      const after = Number(wanted.get("after"));
      const all = [...rows.values()].filter((row) => row.place > after);
      const entries = all.sort((a, b) => a.place - b.place).slice(0, limit);
      const last = entries.at(-1)?.place ?? after;
      return { entries, place: last, more: last < place && entries.length > 0 };
    }
    const before = Number(wanted.get("before") ?? Infinity);
    const all = [...rows.values()].filter((row) => !row.gone && row.born < before);
    return { entries: all.sort((a, b) => b.born - a.born).slice(0, limit), place };
  },
  put: async (/** @type {string} */ path, /** @type {any} */ body) => {
    asked.push("PUT");
    return keep({ ...body, id: path.split("/").at(-1) });
  },
};

/**
 * Store a revision as the server does.
 * @param {any} sealed
 */
async function keep({ id: entry, rev, box, gone }) {
  place += 1;
  const born = rows.get(entry)?.born ?? place;
  const row = { id: entry, author: toBase64Url(id), rev, born, place };
  rows.set(entry, gone ? { ...row, gone } : { ...row, box });
  const bytes = new Uint8Array(Buffer.from(box ?? "", "base64url"));
  const sha256 = toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
  return { sha256, place, born };
}

/** A page that has just been unlocked. */
function page() {
  const session = { id, account: { id: toBase64Url(id) }, unlockedKeys: keys, state: "unlocked" };
  const deviceStore = { get: async () => undefined, put: async () => true };
  const rollbackGuard = new RollbackGuard(
    /** @type {any} */ (session),
    /** @type {any} */ (deviceStore),
  );
  const home = { session, rollbackGuard, api, holds: () => unlocked };
  const whose = { id, key: keys.data, names: keys.names, members: [id] };
  const journal = new Journal(/** @type {any} */ (home), {
    ...whose,
    shared: false,
    writable: true,
  });
  return journal;
}

/**
 * Write from another device.
 * @param {Journal} journal
 * @param {string} text
 * @param {any} [options]
 */
async function elsewhere(journal, text, options) {
  const sealed = await journal.seal({ type: "note", at: "2026-11-25T12:00:00Z", text }, options);
  await keep(sealed);
  return sealed;
}

/**
 * Wait for the work that a journal does in idle time.
 * @param {Journal} journal
 */
async function settled(journal) {
  await journal.open();
  await journal.fillTask.idle();
}

const texts = (/** @type {Journal} */ journal) =>
  journal.entries.ofTypes(["note"]).map(({ doc }) => doc?.text);

test("a small journal is asked for once; looking into it costs nothing", async () => {
  const journal = page();
  const { id: known } = await elsewhere(journal, "one");
  await settled(journal);
  assert.equal((await journal.find(known))?.doc?.text, "one");
  assert.equal(await journal.find(toBase64Url(randomBytes(16))), null);
  await journal.hear(place);
  await journal.loadAll();
  assert.deepEqual(asked, ["/entries?limit=50"]);
});

test("older entries come by themselves, newest first, and nothing twice", async () => {
  const journal = page();
  for (let at = 1; at <= 120; at++) await elsewhere(journal, `${at}`);
  await journal.open();
  assert.equal(journal.entries.size, 50);
  assert.ok(texts(journal).includes("120"));
  await journal.fillTask.idle();
  assert.equal(journal.entries.size, 120);
  assert.deepEqual(asked, ["/entries?limit=50", "/entries?before=71&limit=500"]);
});

test("the other's entry costs one request, one's own its own", async () => {
  const journal = page();
  await settled(journal);
  asked = [];
  await elsewhere(journal, "theirs");
  await journal.hear(place);
  assert.deepEqual(asked, ["/changes?after=0&limit=200"]);
  await journal.hear(place);
  const sealed = await journal.seal({ type: "note", at: "2026-11-25T12:00:00Z", text: "mine" });
  const writing = journal.send(sealed);
  await journal.hear(place); // the event arrives before the response
  await writing;
  assert.deepEqual(asked.slice(1), ["PUT"]);
  assert.deepEqual(texts(journal), ["theirs", "mine"]);
});

test("between a write of one's own and the last place known nothing is passed over", async () => {
  const journal = page();
  await settled(journal);
  await elsewhere(journal, "came meanwhile");
  await journal.write({ type: "note", text: "mine" });
  assert.equal(journal.cursor, 0);
  await journal.hear(place);
  assert.deepEqual(texts(journal).sort(), ["came meanwhile", "mine"]);
});

test("an entry changed or deleted while older ones come is as it is now", async () => {
  const journal = page();
  const first = await elsewhere(journal, "first words");
  const gone = await elsewhere(journal, "to be deleted");
  for (let at = 0; at < 60; at++) await elsewhere(journal, `${at}`);
  await journal.open();
  await elsewhere(journal, "second words", { id: first.id, rev: 2 });
  await keep({ id: gone.id, rev: 2, gone: true });
  await journal.hear(place);
  await journal.fillTask.idle();
  assert.equal((await journal.find(first.id))?.doc?.text, "second words");
  assert.equal(await journal.find(gone.id), null);
  assert.equal(journal.entries.size, 61);
});

test("without a connection it is said, and the next who asks is answered", async () => {
  const journal = page();
  await elsewhere(journal, "one");
  connected = false;
  await assert.rejects(journal.find("x"), NotConnectedError);
  connected = true;
  await journal.hear(place);
  assert.deepEqual(texts(journal), ["one"]);
});

test("a page that breaks off is gone on with where it broke off", async () => {
  const journal = page();
  for (let at = 1; at <= 60; at++) await elsewhere(journal, `${at}`);
  await journal.open();
  connected = false;
  await journal.fillTask.idle();
  assert.equal(journal.entries.size, 50);
  connected = true;
  asked = [];
  await journal.hear(place);
  await journal.fillTask.idle();
  assert.equal(journal.entries.size, 60);
  assert.deepEqual(asked, ["/entries?before=11&limit=500"]);
});

test("a server that was set back to an earlier day is read again from the beginning", async () => {
  const journal = page();
  const first = await elsewhere(journal, "one");
  await elsewhere(journal, "gone with the disk");
  await settled(journal);
  rows = new Map([[first.id, { ...rows.get(first.id) }]]);
  place = 1;
  await journal.hear(place);
  assert.deepEqual(texts(journal), ["one"]);
});

test("nothing is fetched for a journal that was locked meanwhile", async () => {
  const journal = page();
  for (let at = 1; at <= 60; at++) await elsewhere(journal, `${at}`);
  await journal.open();
  unlocked = false;
  asked = [];
  await new Promise((done) => setTimeout(done, 20));
  await journal.fillTask.idle();
  assert.ok(asked.length <= 1, "what is under way may end");
});
