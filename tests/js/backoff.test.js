/**
 * Exponential backoff: each wait is longer than the previous one, and a random part differs from
 * page to page.
 */

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { Backoff, repeat } from "../../static/js/net/backoff.js";

/** @type {any} */ (globalThis).window = globalThis;
beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("each wait is up to twice as long, to a limit, and at least half of that", () => {
  for (let page = 0; page < 50; page++) {
    const backoff = new Backoff(1000, 8000);
    for (const longest of [1000, 2000, 4000, 8000, 8000]) {
      const wait = backoff.next();
      assert.ok(longest / 2 <= wait && wait <= longest, `${wait} of ${longest}`);
    }
    backoff.reset();
    assert.ok(backoff.next() <= 1000);
  }
});

test("pages that were cut off together come back apart", () => {
  const waits = Array.from({ length: 100 }, () => new Backoff(10_000, 60_000).next());
  assert.ok(new Set(waits.map(Math.round)).size > 50);
});

test("what the server asks for is kept to, and not by all in the same moment", () => {
  const waits = Array.from({ length: 100 }, () => new Backoff(1000, 8000).next(30_000));
  assert.ok(Math.min(...waits) >= 30_000);
  assert.ok(Math.max(...waits) <= 30_500);
  assert.ok(new Set(waits).size > 50);
});

/**
 * Advance the clock, a second at a time.
 * @param {number} seconds
 */
async function pass(seconds) {
  for (let second = 0; second < seconds; second++) {
    mock.timers.tick(1000);
    await new Promise((done) => setImmediate(done));
  }
}

test("a try that does not go well is made less and less often", async () => {
  let well = false;
  let tries = 0;
  const stop = repeat(new Backoff(10_000, 60_000), async () => {
    tries++;
    if (tries === 1) throw new Error("no answer");
    return well;
  });
  await pass(600);
  assert.ok(tries > 8 && tries < 22, String(tries));
  well = true;
  await pass(60);
  tries = 0;
  await pass(100);
  assert.ok(tries >= 8, String(tries));
  stop();
  tries = 0;
  await pass(100);
  assert.equal(tries, 0);
});
