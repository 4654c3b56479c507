/** The server's time is learned from its responses, as exactly as they allow. */

import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { Clock } from "../../static/js/clock.js";

const NOON = Date.parse("2026-11-25T12:00:00Z");
const HOUR = 3_600_000;
mock.timers.enable({ apis: ["Date"], now: NOON });

/**
 * @param {number} time
 * @returns {string} in the format of the header
 */
const header = (time) => new Date(time).toUTCString();

/**
 * A response that arrived `took` milliseconds after its request.
 * @param {Clock} clock
 * @param {number} server its time when it responds
 * @param {number} [took]
 */
function answered(clock, server, took = 0) {
  clock.learn(header(server), Date.now() - took);
}

test("a clock that is right stays as it is, however slow an answer is", () => {
  const clock = new Clock();
  answered(clock, NOON);
  answered(clock, NOON - 15_000, 20_000);
  assert.equal(clock.offset, 0);
  assert.equal(clock.farOff, false);
});

test("a clock that is 25 hours behind, or ten days ahead, has the server's time", () => {
  for (const off of [25 * HOUR, -240 * HOUR]) {
    const clock = new Clock();
    answered(clock, NOON + off, 800);
    assert.ok(Math.abs(clock.time - (NOON + off)) <= 1800, String(clock.time));
    assert.equal(clock.date.getTime(), clock.time);
    assert.equal(clock.farOff, true);
  }
});

test("a slow answer does not make it worse", () => {
  const clock = new Clock();
  answered(clock, NOON + 25 * HOUR);
  const before = clock.offset;
  answered(clock, NOON + 25 * HOUR, 60_000);
  assert.equal(clock.offset, before);
});

test("a clock that is set right is right at the next answer, and says so once", () => {
  const clock = new Clock();
  let count = 0;
  clock.addEventListener("changed", () => (count += 1));
  answered(clock, NOON + 25 * HOUR);
  answered(clock, NOON + 25 * HOUR);
  mock.timers.setTime(NOON + 25 * HOUR);
  answered(clock, NOON + 25 * HOUR);
  assert.equal(clock.farOff, false);
  assert.ok(Math.abs(clock.offset) <= 1000);
  assert.equal(count, 2);
  mock.timers.setTime(NOON);
});

test("an answer without a time, or across a clock set back, teaches nothing", () => {
  const clock = new Clock();
  clock.learn(null, NOON);
  clock.learn("yesterday", NOON);
  clock.learn(header(NOON + HOUR), NOON + 5000);
  assert.equal(clock.offset, 0);
});
