/**
 * Two people in a ritual: the same step on both screens, even if messages are late, duplicated or
 * dropped.
 */

import assert from "node:assert/strict";
import { test } from "node:test";

import { toBase64Url, randomBytes, fromBase64Url } from "../../static/js/crypto/bytes.js";
import { importKey } from "../../static/js/crypto/hkdf.js";
import { LiveCipher } from "../../static/js/rituals/live-cipher.js";
import { StepState } from "../../static/js/rituals/step-sync.js";

const both = () => [new StepState("walk", 5, "ana"), new StepState("walk", 5, "sam")];

test("who turns the page turns it for both", () => {
  const [ana, sam] = /** @type {[StepState, StepState]} */ (both());
  ana.next();
  ana.next();
  assert.ok(sam.merge(ana.state));
  assert.equal(sam.step, 2);
  sam.back();
  assert.ok(ana.merge(sam.state));
  assert.deepEqual([ana.step, sam.step], [1, 1]);
});

test("two turns at once end at the same step on both", () => {
  const [ana, sam] = /** @type {[StepState, StepState]} */ (both());
  ana.next();
  sam.merge(ana.state);
  ana.next();
  sam.back();
  const [hers, his] = [ana.state, sam.state];
  ana.merge(his);
  sam.merge(hers);
  assert.equal(ana.step, sam.step);
  assert.deepEqual(ana.state, sam.state);
});

test("what comes late or twice changes nothing", () => {
  const [ana, sam] = /** @type {[StepState, StepState]} */ (both());
  ana.next();
  const first = ana.state;
  ana.next();
  assert.ok(sam.merge(ana.state));
  assert.ok(!sam.merge(ana.state));
  assert.ok(!sam.merge(first));
  assert.equal(sam.step, 2);
});

test("it neither goes before the first step nor beyond the end", () => {
  const walk = new StepState("walk", 2, "ana");
  walk.back();
  assert.deepEqual(walk.state, { step: 0, turn: 0, by: "ana" });
  for (let times = 0; times < 4; times++) walk.next();
  assert.ok(walk.ended);
  assert.equal(walk.step, 2);
});

test("nonsense from the other page is passed over", () => {
  const [ana] = /** @type {[StepState, StepState]} */ (both());
  for (const message of [
    {},
    { step: 6, turn: 9, by: "sam" },
    { step: -1, turn: 9, by: "sam" },
    { step: 1.5, turn: 9, by: "sam" },
    { step: "1", turn: 9, by: "sam" },
    { step: 1, turn: 9 },
    { step: 1, turn: null, by: "sam" },
  ]) {
    assert.ok(!ana.merge(message), JSON.stringify(message));
  }
  assert.equal(ana.step, 0);
});

/** A space, two pages in it, and their members. */
async function space() {
  const here = { id: randomBytes(16), key: await importKey(randomBytes(32)) };
  return { here, ana: randomBytes(16), hers: new LiveCipher(), his: new LiveCipher() };
}

test("a step arrives once, in order, and at no one's own page", async () => {
  const { here, ana, hers, his } = await space();
  const sent = [];
  for (const step of [1, 2, 3])
    sent.push(await hers.seal(here, ana, { type: "step", ritual: "walk", step }));
  const [one, two, three] = /** @type {any} */ (
    sent.map((message) => ({ ...message, author: toBase64Url(ana) }))
  );
  assert.equal(fromBase64Url(one.box).length, 344);
  assert.equal(await hers.open(here, one), null);
  assert.equal((await his.open(here, two))?.step, 2);
  assert.equal(await his.open(here, one), null);
  assert.equal(await his.open(here, two), null);
  assert.equal((await his.open(here, three))?.step, 3);
});

test("a page that was loaded anew counts from one again", async () => {
  const { here, ana, hers, his } = await space();
  const author = toBase64Url(ana);
  for (let times = 0; times < 3; times++)
    await his.open(here, { ...(await hers.seal(here, ana, { type: "look" })), author });
  const again = { ...(await new LiveCipher().seal(here, ana, { type: "look" })), author };
  assert.equal(again.rev, 1);
  assert.equal((await his.open(here, again))?.type, "look");
});

test("another author, space, number or an old time does not open", async (t) => {
  const { here, ana, hers, his } = await space();
  const author = toBase64Url(ana);
  const message = {
    ...(await hers.seal(here, ana, { type: "step", ritual: "walk", step: 1 })),
    author,
  };
  assert.equal(await his.open(here, { ...message, author: toBase64Url(randomBytes(16)) }), null);
  assert.equal(await his.open({ ...here, id: randomBytes(16) }, message), null);
  assert.equal(await his.open(here, { ...message, rev: 9 }), null);
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 11 * 60_000 });
  assert.equal(await his.open(here, message), null);
  t.mock.timers.reset();
  assert.equal((await his.open(here, message))?.step, 1);
});

test("the longest step there can be fits its box", async () => {
  const { here, ana, hers } = await space();
  const state = { step: 99, turn: Number.MAX_SAFE_INTEGER, by: toBase64Url(ana) };
  const { box } = await hers.seal(here, ana, {
    type: "step",
    ritual: "a-name-of-thirty-two-letters-abc",
    ...state,
  });
  assert.equal(fromBase64Url(box).length, 344);
});
