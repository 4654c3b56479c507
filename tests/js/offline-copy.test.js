/** The copy of the plan for a dark night on a device: what is in it, and when it is gone. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { toBase64Url } from "../../static/js/crypto/bytes.js";
import { accountKeys } from "../../static/js/crypto/keys.js";
import { namedId } from "../../static/js/crypto/named.js";
import { PersistedSession } from "../../static/js/session/persisted-session.js";
import { OfflineCopy } from "../../static/js/replica/offline-copy.js";

const NAMES = ["list/night-signs"];
const ANA = new Uint8Array(16).fill(7);
const WORDS = "I stop answering";

/** A device that stores everything in memory. */
function device() {
  /** @type {Map<string, any>} */
  const rows = new Map();
  return {
    rows,
    get: async (/** @type {string} */ _, /** @type {string} */ key) => rows.get(key),
    put: async (/** @type {string} */ _, /** @type {string} */ key, /** @type {any} */ value) =>
      Boolean(rows.set(key, value)),
    remove: async (/** @type {string} */ _, /** @type {string} */ key) => void rows.delete(key),
    clear: async () => rows.clear(),
  };
}

/**
 * A member's page on a device, and whether it has a connection.
 * @param {ReturnType<typeof device>} store
 * @param {{ connected?: boolean, entries?: [string, any][] }} [how]
 */
async function page(store, { connected = true, entries = [] } = {}) {
  const keys = await accountKeys(new Uint8Array(32).fill(3));
  const persisted = new PersistedSession(/** @type {any} */ (store));
  const session = {
    state: "unlocked",
    offline: !connected,
    id: ANA,
    unlockedKeys: keys,
    staysOpen: async () => (await persisted.load()) !== null,
  };
  const journal = {
    id: ANA,
    names: keys.names,
    members: [ANA],
    complete: connected,
    entries: new Map(entries),
    open: async () => {
      if (!connected) throw new Error("no connection");
    },
  };
  const journals = Object.assign(new EventTarget(), {
    session,
    deviceStore: store,
    writable: [journal],
    holds: () => true,
    onChange: () => () => {},
  });
  const copy = new OfflineCopy(/** @type {any} */ (journals), NAMES);
  await copy.restored;
  await copy.saveTask.schedule();
  const stay = () => persisted.save(/** @type {any} */ ({ id: toBase64Url(ANA) }), keys);
  return { copy, journal, persisted, session, stay };
}

/** @returns {Promise<[string, any]>} Ana's entry of the plan */
async function entryOfPlan() {
  const { names } = await accountKeys(new Uint8Array(32).fill(3));
  const id = toBase64Url(await namedId(names, ANA, "list/night-signs"));
  const doc = { type: "list", thing: "night-signs", items: { one: { text: WORDS } } };
  return [id, { id, rev: 1, author: toBase64Url(ANA), mine: true, doc }];
}

test("without a connection, a device that stays signed in shows the plan alone", async () => {
  const store = device();
  const plan = await entryOfPlan();
  const note = { id: "note", rev: 1, doc: { type: "note", text: "something else" } };
  const { stay, copy } = await page(store, { entries: [plan, ["note", note]] });
  await stay();
  await copy.saveTask.schedule();
  assert.ok(!JSON.stringify([...store.rows]).includes(WORDS));
  const { journal } = await page(store, { connected: false });
  assert.deepEqual([...journal.entries], [plan]);
});

test("a page with a connection asks the server, and not the copy", async () => {
  const store = device();
  const { stay, copy } = await page(store, { entries: [await entryOfPlan()] });
  await stay();
  await copy.saveTask.schedule();
  const { journal } = await page(store);
  assert.equal(journal.entries.size, 0);
});

test("without a connection the copy stays as it is", async () => {
  const store = device();
  const { stay, copy } = await page(store, { entries: [await entryOfPlan()] });
  await stay();
  await copy.saveTask.schedule();
  const away = await page(store, { connected: false });
  away.journal.entries.clear();
  await away.copy.saveTask.schedule();
  assert.equal((await page(store, { connected: false })).journal.entries.size, 1);
});

test("a device that does not stay signed in stores no copy", async () => {
  const store = device();
  await page(store, { entries: [await entryOfPlan()] });
  assert.equal(store.rows.size, 0);
});

test("what ends the stored session deletes the copy, also one that is being written", async () => {
  const store = device();
  const { copy, persisted, session, stay } = await page(store, { entries: [await entryOfPlan()] });
  await stay();
  await copy.saveTask.schedule();
  await persisted.clear();
  assert.equal(store.rows.size, 0);
  await stay();
  const { put } = store;
  store.put = async (name, key, value) => {
    await persisted.clear(); // signing out in the very moment
    session.state = "out";
    return put(name, key, value);
  };
  await copy.saveTask.schedule();
  assert.equal(store.rows.size, 0);
});
