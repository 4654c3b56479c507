/** A rest that ends by itself is over on both phones, and a resting member gets no news. */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Rest } from "../../static/js/rest/rest.js";

/** @type {any} */
let server = { mine: null, theirs: false };
let asked = 0;
/** Let a minute pass on a phone that is open. */
let minute = () => {};

const MINUTE = 60_000;
const NOON = Date.parse("2026-11-25T12:00:00Z");
mock.timers.enable({ apis: ["Date"], now: NOON });
/** @type {any} */ (globalThis).window = {
  setInterval: (/** @type {() => void} */ callback) => void (minute = callback),
};

/**
 * @param {any} state
 * @returns {Promise<Rest>}
 */
async function phone(state) {
  server = state;
  const app = {
    session: Object.assign(new EventTarget(), { state: "unlocked" }),
    live: Object.assign(new EventTarget(), { listen: () => {} }),
    api: { get: async () => ((asked += 1), server) },
  };
  const rest = new Rest(/** @type {any} */ (app));
  await rest.load();
  asked = 0;
  return rest;
}

/**
 * @param {number} time
 * @returns {Promise<number>} the number of requests meanwhile
 */
async function passes(time) {
  const before = asked;
  mock.timers.setTime(time);
  minute();
  await new Promise((done) => setImmediate(done));
  return asked - before;
}

beforeEach(() => mock.timers.setTime(NOON + 5 * MINUTE));

test("the other's rest ends by itself at the quarter, and is not polled before", async () => {
  const rest = await phone({ mine: null, theirs: true });
  for (let at = 6; at < 15; at++) assert.equal(await passes(NOON + at * MINUTE), 0);
  server = { mine: null, theirs: false };
  assert.equal(await passes(NOON + 15 * MINUTE), 1);
  assert.equal(rest.state.theirs, false);
  assert.equal(await passes(NOON + 16 * MINUTE), 0, "who is back is not asked after");
});

test("a clock that is two minutes ahead hears of it too", async () => {
  const rest = await phone({ mine: null, theirs: true });
  await passes(NOON + 15 * MINUTE);
  assert.equal(rest.state.theirs, true);
  server = { mine: null, theirs: false };
  await passes(NOON + 17 * MINUTE);
  assert.equal(rest.state.theirs, false);
});

test("a phone that slept asks as it wakes", async () => {
  const rest = await phone({ mine: null, theirs: true });
  server = { mine: null, theirs: false };
  assert.equal(await passes(NOON + 8 * 60 * MINUTE + 9 * MINUTE), 1);
  assert.equal(rest.state.theirs, false);
});

test("nobody is asked while nobody rests", async () => {
  await phone({ mine: null, theirs: false });
  assert.equal(await passes(NOON + 15 * MINUTE), 0);
});

test("while one rests news wait, and come when one is back or one's time is over", async () => {
  const rest = await phone({
    mine: { until: "2026-11-25T12:15:00Z", visible: false },
    theirs: false,
  });
  let drawn = 0;
  const left = new AbortController();
  const listener = rest.unlessResting(() => (drawn += 1), left.signal);
  listener();
  rest.apply(server);
  assert.equal(drawn, 0);
  server = { mine: null, theirs: false };
  await passes(NOON + 15 * MINUTE);
  assert.equal(drawn, 1);
  listener();
  assert.equal(drawn, 2);
  left.abort();
  rest.apply(server);
  assert.equal(drawn, 2);
});
