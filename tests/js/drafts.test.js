/** Drafts: a list of them on the screen follows when one is deleted behind its back. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { Drafts } from "../../static/js/replica/drafts.js";

test("a draft is gone by the time that its deletion is announced", async () => {
  const stored = new Map([["ana.one", "sealed"]]);
  const deviceStore = {
    remove: async (/** @type {string} */ _, /** @type {string} */ key) => {
      await Promise.resolve();
      stored.delete(key);
    },
  };
  const session = { account: { id: "ana" } };
  const drafts = new Drafts(/** @type {any} */ (session), /** @type {any} */ (deviceStore));
  /** @type {number[]} */
  const left = [];
  drafts.addEventListener("deleted", () => left.push(stored.size));
  await drafts.delete("one");
  assert.deepEqual(left, [0]);
});
