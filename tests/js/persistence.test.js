/**
 * The browser is asked to make storage persistent only when there is something to store, and
 * rarely.
 */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { askToPersist, mayBeRemoved } from "../../static/js/session/persistence.js";

const MONTH_MS = 31 * 86_400_000;
let asked = 0;
let persistent = false;
/** @type {Map<string, string>} */
const kept = new Map();

/** @param {object | undefined} storage the browser's `navigator.storage` */
function browserWith(storage) {
  Object.defineProperty(globalThis, "navigator", { value: { storage }, configurable: true });
}

beforeEach(() => {
  asked = 0;
  persistent = false;
  kept.clear();
  mock.timers.reset();
  mock.timers.enable({ apis: ["Date"], now: Date.UTC(2026, 0, 1) });
  const localStorage = {
    getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
    setItem: (/** @type {string} */ key, /** @type {string} */ value) => void kept.set(key, value),
  };
  Object.defineProperty(globalThis, "localStorage", { value: localStorage, configurable: true });
  browserWith({ persisted: async () => persistent, persist: async () => void asked++ });
});

test("whoever said no, or nothing, is not asked again with the next page", async () => {
  await askToPersist();
  await askToPersist();
  assert.equal(asked, 1);
  assert.equal(await mayBeRemoved(), true);
  mock.timers.tick(MONTH_MS);
  await askToPersist();
  assert.equal(asked, 2);
});

test("what is promised already is not asked for", async () => {
  persistent = true;
  await askToPersist();
  assert.equal(asked, 0);
  assert.equal(await mayBeRemoved(), false);
});

test("a browser without the promise is none that gives it, and nothing breaks", async () => {
  browserWith(undefined);
  await askToPersist();
  assert.equal(await mayBeRemoved(), true);
  browserWith({ persisted: async () => Promise.reject(new Error("no")) });
  await askToPersist();
  assert.equal(await mayBeRemoved(), true);
});

test("where this page may store nothing, nobody is asked", async () => {
  const denied = { get: () => assert.fail("no storage"), configurable: true };
  Object.defineProperty(globalThis, "localStorage", denied);
  await askToPersist();
  assert.equal(asked, 0);
});
