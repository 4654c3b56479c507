/** The question on the table: the later of two changes counts, however close they are in time. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { randomBytes } from "../../static/js/crypto/bytes.js";
import { CurrentQuestion } from "../../static/js/talk/current-question.js";
import { Shared } from "./shared.js";

const QUESTION = { id: "asked-how-are-you", text: "How are you?" };

/** A table with its two members. */
function two() {
  const [root, ...ids] = [32, 16, 16].map(randomBytes);
  const rows = new Map();
  const before = (/** @type {Uint8Array} */ id, /** @type {Uint8Array} */ partner) => {
    const session = { id, spaces: { active: { partner, keys: { root } } } };
    return new CurrentQuestion(
      /** @type {any} */ ({ session, journals: { shared: new Shared(rows, String(id)) } }),
    );
  };
  const [ana, sam] = /** @type {[Uint8Array, Uint8Array]} */ (ids);
  return [before(ana, sam), before(sam, ana)];
}

test("what one sets the other can clear within the same second", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-05-01T20:00:00.200Z") });
  const [ana, sam] = /** @type {[CurrentQuestion, CurrentQuestion]} */ (two());
  for (const [one, other] of /** @type {[CurrentQuestion, CurrentQuestion][]} */ ([
    [ana, sam],
    [sam, ana],
  ])) {
    await one.set(QUESTION);
    assert.deepEqual(await other.current(), { id: QUESTION.id, asked: QUESTION.text });
    t.mock.timers.setTime(Date.now() + 500);
    await other.clear();
    assert.deepEqual(
      [await one.current(), await other.current()],
      Array(2).fill({ id: "", asked: "" }),
    );
  }
});
