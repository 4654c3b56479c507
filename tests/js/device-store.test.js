/** A disk that does not respond is waited for once, and noticed when it is back. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { DeviceStore } from "../../static/js/session/device-store.js";

/** Whether the disk responds. */
let well = true;
const rows = new Map();

/** What IndexedDB is for one store, as far as the device store uses it. */
const database = {
  close: () => {},
  transaction: () => {
    /** @type {any} */
    const transaction = {
      commit: () => well && queueMicrotask(() => transaction.oncomplete()),
      objectStore: () => ({
        put: (/** @type {any} */ value, /** @type {string} */ key) => rows.set(key, value),
        delete: (/** @type {string} */ key) => rows.delete(key),
        get: (/** @type {string} */ key) => {
          /** @type {any} */
          const request = { result: rows.get(key), transaction };
          if (well) queueMicrotask(() => request.onsuccess());
          return request;
        },
      }),
    };
    return transaction;
  },
};

beforeEach(() => {
  well = true;
  rows.clear();
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  const open = () => {
    /** @type {any} */
    const request = { result: database };
    queueMicrotask(() => request.onsuccess());
    return request;
  };
  Object.assign(globalThis, { indexedDB: { open } });
});

/**
 * Return how many milliseconds of the mocked clock pass until a promise settles.
 * @param {Promise<unknown>} promise
 */
async function waited(promise) {
  let settled = false;
  void promise.finally(() => (settled = true));
  for (let passed = 0; passed <= 10_000; passed += 250) {
    await new Promise((done) => setImmediate(done));
    if (settled) return passed;
    mock.timers.tick(250);
  }
  return Infinity;
}

test("a disk that hangs is waited for once, and not for every part of a save", async () => {
  const store = await DeviceStore.open();
  well = false;
  const save = async () => {
    await store.put("outbox", "one", "sealed");
    await store.get("seen", "me");
    await store.put("seen", "me", "newer");
    await store.remove("drafts", "one");
    await store.remove("outbox", "other");
    return store.get("outbox", "one");
  };
  const saving = save();
  assert.ok((await waited(saving)) <= 7000);
  assert.equal(await saving, "sealed", "this page's memory has it");
  assert.equal(store.isOnDisk("outbox", "one"), false);
});

test("a disk that is back is used and waited for as before", async () => {
  const store = await DeviceStore.open();
  well = false;
  assert.equal(await waited(store.put("drafts", "one", "sealed")), 5000);
  well = true;
  assert.equal(await store.put("drafts", "one", "sealed"), true);
  assert.equal(store.isOnDisk("drafts", "one"), true);
  well = false;
  assert.equal(await waited(store.put("drafts", "one", "newer")), 5000);
});
