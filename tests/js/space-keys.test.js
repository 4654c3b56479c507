/**
 * A server that hides the partner, or names another one: the pin counts, and the device remembers
 * it.
 */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { toBase64Url, randomBytes } from "../../static/js/crypto/bytes.js";
import { CannotOpenError, sealJson } from "../../static/js/crypto/envelope.js";
import { accountKeys, wrapSpaceKey } from "../../static/js/crypto/keys.js";
import { isOrphaned } from "../../static/js/replica/reclaim-orphans.js";

/** @type {any} */ (globalThis).window = globalThis;
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: {
    locks: {
      request: async (/** @type {string} */ _, /** @type {() => Promise<void>} */ work) => work(),
    },
  },
});
const { expectToOpen, OtherWrapError, OwnWraps } =
  await import("../../static/js/session/own-wraps.js");
const { SpaceKeys } = await import("../../static/js/session/space-keys.js");

const id = randomBytes(16);
const keys = await accountKeys(randomBytes(32));
const [sam, mallory] = [toBase64Url(randomBytes(16)), toBase64Url(randomBytes(16))];
/**
 * The device's storage.
 * @type {Map<string, any>}
 */
let disk = new Map();
beforeEach(() => (disk = new Map()));

const deviceStore = /** @type {any} */ ({
  get: async (/** @type {string} */ store, /** @type {string} */ key) =>
    disk.get(`${store}.${key}`),
  put: async (/** @type {string} */ store, /** @type {string} */ key, /** @type {any} */ value) =>
    void disk.set(`${store}.${key}`, value),
});

/**
 * A linked space as the server sends it.
 * @param {string} partner
 */
async function linked(partner, name = "Sam") {
  const space = randomBytes(16);
  const whose = { scopeId: space, recordId: id, authorId: id };
  const wrap = toBase64Url(await wrapSpaceKey(0x05, keys.wrap, whose, randomBytes(32)));
  const fields = { scopeId: id, recordId: space, authorId: id, rev: 1 };
  const doc = { type: "pin", at: "2026-11-24T12:00:00Z", space: toBase64Url(space), partner, name };
  const pin = { rev: 1, box: toBase64Url(await sealJson(keys.ledger, 0x13, fields, doc)) };
  return {
    id: toBase64Url(space),
    state: "active",
    partner,
    inviter: toBase64Url(id),
    invitation: null,
    language: "en",
    wrap,
    pin,
    proof: null,
    hellos: [],
  };
}

const ended = (/** @type {any} */ { id: space, partner, wrap, pin }) => ({
  id: space,
  partner,
  wrap,
  pin,
  told: true,
});

/**
 * Return the spaces as a newly opened page reads them from the server's response.
 * @param {any} space
 * @param {any[]} [archives]
 */
async function page(space, archives = []) {
  const session = {
    id,
    account: { id: toBase64Url(id), space, archives },
    unlockedKeys: keys,
    keys,
    deviceStore,
  };
  const spaces = new SpaceKeys(/** @type {any} */ (session));
  await spaces.refresh();
  return spaces;
}

const why = (/** @type {any} */ { troubles }) =>
  troubles.map((/** @type {any} */ one) => [one.name, one.why, one.ended]);

test("who is linked has a partner and no trouble, and so when the space has ended", async () => {
  const space = await linked(sam);
  const here = await page(space);
  assert.equal(toBase64Url(here.active?.partner ?? new Uint8Array()), sam);
  assert.deepEqual(why(here), []);
  const later = await page(null, [ended(space)]);
  assert.deepEqual([later.current, later.archives.length, why(later)], [null, 1, []]);
  assert.ok(later.hasEnded(space.id));
});

/** @type {[string, (space: any) => any, string][]} */
const LIES = [
  ["no space at all", () => null, "gone"],
  ["another partner", (space) => ({ ...space, partner: mallory }), "partner"],
  ["no pin", (space) => ({ ...space, pin: null }), "pin"],
  [
    "a pin that does not open",
    (space) => ({ ...space, pin: { rev: 2, box: space.pin.box } }),
    "pin",
  ],
  ["a pin that is no box", (space) => ({ ...space, pin: { rev: 1, box: "A" } }), "pin"],
  ["a wrap that does not open", (space) => ({ ...space, wrap: "A".repeat(166) }), "key"],
  ["no wrap", (space) => ({ ...space, wrap: null }), "nonsense"],
  ["nothing that makes sense", ({ id: same }) => ({ id: same, state: "active" }), "nonsense"],
  ["that they are joining again", (space) => ({ ...space, state: "joining" }), "joining"],
];
for (const [name, lie, said] of LIES) {
  test(`a server that says ${name} is not believed, and nothing else closes`, async () => {
    const [space, before] = [await linked(sam), await linked(sam)];
    await page(space, [ended(before)]);
    const here = await page(lie(space), [ended(before)]);
    assert.deepEqual(why(here), [["Sam", said, false]]);
    assert.equal(here.current, null);
    assert.equal(here.archives.length, 1, "the other one opens");
    assert.ok(here.isUncertain);
    assert.ok(!here.hasEnded(space.id), "so that what is written for both stays where it is");
    assert.deepEqual(
      why(await page(space, [ended(before)])),
      [],
      "and is sure again when it fits again",
    );
  });
}

test("an archive that does not open closes nothing else", async () => {
  const [space, one, other] = [await linked(sam), await linked(mallory, "Kim"), await linked(sam)];
  await page(space, [ended(one), ended(other)]);
  for (const [lie, said] of /** @type {[any, string][]} */ ([
    [{ ...ended(one), wrap: "A".repeat(166) }, "key"],
    [{ ...ended(one), pin: null }, "pin"],
    [{ ...ended(one), partner: sam }, "partner"],
    [{ id: one.id }, "nonsense"],
  ])) {
    const here = await page(space, [lie, ended(other)]);
    assert.deepEqual(
      [here.active !== null, here.archives.length, here.isUncertain],
      [true, 1, false],
    );
    assert.deepEqual(why(here), [["Kim", said, true]]);
  }
  assert.deepEqual(why(await page(space, [ended(other)])), [["Kim", "gone", true]]);
});

test("a space that has ended is not open again because the server says so", async () => {
  const space = await linked(sam);
  await page(null, [ended(space)]);
  const here = await page(space);
  assert.deepEqual([here.current, why(here)], [null, [["Sam", "reopened", false]]]);
});

test("on a new device a space without a pin, or with another's, is no space either", async () => {
  const space = await linked(sam);
  assert.deepEqual(why(await page({ ...space, pin: null })), [["", "pin", false]]);
  assert.deepEqual(why(await page({ ...space, partner: mallory })), [["Sam", "partner", false]]);
  assert.equal(disk.size, 0, "and nothing of it is remembered");
});

test("who invites has not pinned yet, and who accepts has", async () => {
  const space = { ...(await linked(sam)), state: "joining" };
  assert.equal((await page({ ...space, pin: null })).current?.state, "joining");
  assert.deepEqual(why(await page({ ...space, inviter: sam, pin: null })), [["", "pin", false]]);
  assert.deepEqual(why(await page({ ...space, inviter: sam, partner: mallory })), [
    ["Sam", "partner", false],
  ]);
  assert.deepEqual(why(await page(null)), [], "an invitation may be taken back");
});

test("a member can go on without a space of which the server says nothing", async () => {
  const space = await linked(sam);
  await page(space);
  const here = await page(null);
  await here.remembered.remove(space.id);
  assert.deepEqual(why(await page(null)), []);
});

test("what is remembered is sealed; a doubt that comes again is shown again", async () => {
  const space = await linked(sam);
  const { remembered } = await page(space);
  assert.ok(
    ![space.id, sam, "Sam"].some((one) => JSON.stringify([...disk.values()]).includes(one)),
  );
  await remembered.markRead("one");
  await remembered.markRead("other");
  await remembered.unmarkRead(["other"]);
  assert.deepEqual((await remembered.load()).read, ["other"]);
  assert.equal((await remembered.load()).spaces.size, 1);
});

test("a page for both stays one for both until the space has surely ended", async () => {
  const space = await linked(sam);
  const draft = (/** @type {any} */ spaces, where = space.id) =>
    isOrphaned(
      /** @type {any} */ ({ session: { spaces } }),
      /** @type {any} */ ({ shared: true, space: where }),
    );
  assert.equal(draft(await page(space)), false);
  for (const [, lie] of LIES) assert.equal(draft(await page(lie(space))), false);
  assert.equal(draft(await page(null), ""), false);
  assert.equal(draft(await page(null, [ended(space)])), true);
  assert.equal(draft(await page(await linked(sam), [ended(space)])), true);
});

test("the blame is right: words, or what the server sent", async () => {
  const wraps = new OwnWraps(deviceStore);
  const me = { id: toBase64Url(id), login: "ana", seed: "s", wrap: "w" };
  const closed = async () => {
    throw new CannotOpenError();
  };
  await assert.rejects(
    wraps.explainFailure(me, closed()),
    CannotOpenError,
    "nothing is known of it yet",
  );
  await wraps.add(me);
  await assert.rejects(wraps.explainFailure(me, closed()), CannotOpenError);
  for (const other of [{ id: sam }, { wrap: "v" }, { seed: "t" }, { login: "sam" }]) {
    await assert.rejects(wraps.explainFailure({ ...me, ...other }, closed()), OtherWrapError);
  }
  assert.equal(await wraps.explainFailure(me, Promise.resolve(7)), 7);
  await assert.rejects(expectToOpen(closed()), OtherWrapError);
  assert.ok(!JSON.stringify([...disk]).includes("ana"));
});
