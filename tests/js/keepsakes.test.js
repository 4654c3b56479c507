/** The order of keepsakes that were added within one second. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { timestamp } from "../../static/js/clock.js";
import { Keepsakes } from "../../static/js/keepsakes/keepsakes.js";

const NOON = Date.parse("2026-11-25T12:00:00Z");
mock.timers.enable({ apis: ["Date"], now: NOON });

test("a copy for both of us comes before its original, however soon it is made", async () => {
  /** @type {import("../../static/js/replica/journal.js").Doc[]} */
  const sealed = [];
  const journal = {
    seal: async (/** @type {any} */ doc) => {
      sealed.push(doc);
      return {};
    },
  };
  const outbox = { enqueue: async () => {}, flush: async () => {} };
  const journals = /** @type {any} */ ({ individual: journal, shared: journal, outbox });
  const keepsakes = new Keepsakes(journals);
  const words = { kind: /** @type {const} */ ("object"), title: "The ring", text: "", for: [] };
  await keepsakes.save(/** @type {any} */ (journal), words, []);
  const [doc] = sealed;
  mock.timers.tick(1);
  await keepsakes.share(/** @type {any} */ ({ doc }));
  const [mine, ours] = sealed.map(({ at }) => Date.parse(at));
  assert.equal(mine, NOON);
  assert.equal(ours, NOON + 1);
});

test("a time is stated to the millisecond, in the zone of the device", () => {
  assert.equal(Date.parse(timestamp(NOON - 1)), NOON - 1);
  assert.match(timestamp(NOON - 1), /^2026-11-2\dT\d\d:59:59\.999[+-]\d\d:\d\d$/);
});
