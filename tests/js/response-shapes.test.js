/** Every response is validated on arrival, against the list in docs/protocol.md. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
  InvalidResponseError,
  checkResponse,
  isEvent,
  shapeOf,
} from "../../static/js/net/response-shapes.js";
import { EVENTS } from "../../static/js/net/events.js";
import { nothing } from "../../static/js/net/shapes.js";

const PROTOCOL = readFileSync(new URL("../../docs/protocol.md", import.meta.url), "utf8");
const ID = "A".repeat(22);
const B32 = "A".repeat(43);
const WRAP = "A".repeat(166);
/** @type {unknown[]} */
const NONSENSE = [null, undefined, "", "candle", 0, 7, true, [], [null], {}, { entries: null }];

const CANDLE = {
  scope: ID,
  candle: ID,
  revision: 3,
  until: "2026-11-25T07:00Z",
  flames: [{ member: ID, words: { rev: 1, box: "AAAA" } }],
};
const ENTRY = { id: ID, author: ID, rev: 1, born: 1, place: 1, box: "AAAA" };
const TOMBSTONE = { id: ID, author: ID, rev: 2, born: 1, place: 2, gone: true };
const ME = {
  id: ID,
  login: "ana",
  seed: ID,
  wrap: WRAP,
  version: 1,
  sheet: false,
  recovered: null,
  space: null,
  archives: [],
  invitations: [],
};

const STATE = {
  me: ME,
  candle: CANDLE,
  rest: { mine: null, theirs: false },
  signals: [{ author: ID, rev: 1, box: "AAAA", tag: B32 }],
  journals: [{ id: ID, place: 7 }],
};

/** Every request of §16, with its response. */
function requests() {
  const rows = PROTOCOL.matchAll(/^\| `(GET|POST|PUT|DELETE) \/api([^`]+)` \| (.*) \|$/gm);
  return [...rows].map(([, method = "", address = "", says = ""]) => {
    const path = address.replace(/\?.*/, "").replace(/<[^>]+>/g, ID);
    return { method, path, says: says.slice(says.indexOf("→")) };
  });
}

test("every answer that the protocol names has its shape here, and no other", () => {
  const all = requests();
  assert.ok(all.length > 50);
  for (const { method, path, says } of all) {
    const raw = says.startsWith("→ *raw*");
    const none = /^→ 204/.test(says) || raw; // raw boxes are validated by opening them
    assert.equal(shapeOf(method, path) === nothing, none, `${method} ${path}`);
  }
});

test("nonsense is refused, whatever was asked", () => {
  for (const { method, path, says } of requests()) {
    if (says.startsWith("→ *raw*")) continue;
    for (const value of NONSENSE) {
      if (value === null && shapeOf(method, path) === nothing) continue;
      assert.throws(
        () => checkResponse(method, path, value),
        InvalidResponseError,
        `${method} ${path} ${value}`,
      );
    }
  }
});

test("what the server really says is taken, and a newer one may say more", () => {
  const journal = `/journals/${ID}`;
  for (const [method, path, value] of /** @type {[string, string, object][]} */ ([
    ["GET", "/me", ME],
    ["GET", "/candle", CANDLE],
    ["GET", "/candle", { ...CANDLE, candle: null, until: null, flames: [] }],
    ["GET", `${journal}/entries?before=7`, { entries: [ENTRY, { ...ENTRY, tag: B32 }], place: 9 }],
    ["GET", `${journal}/changes?after=7`, { entries: [ENTRY, TOMBSTONE], place: 9, more: false }],
    ["GET", "/rest", { mine: { until: null, visible: true }, theirs: false }],
    ["GET", "/state", STATE],
  ])) {
    assert.equal(checkResponse(method, path, value), value);
    const more = { ...value, something: ["new"] };
    assert.equal(checkResponse(method, path, more), more);
  }
});

test("one wrong part makes the whole answer wrong", () => {
  for (const wrong of [
    { ...CANDLE, revision: "3" },
    { ...CANDLE, revision: -1 },
    { ...CANDLE, until: "soon" },
    { ...CANDLE, flames: [null] },
    { ...CANDLE, scope: "" },
    { ...CANDLE, scope: `${ID}A` },
    { ...CANDLE, flames: [{ member: ID, words: "hello" }] },
  ])
    assert.throws(() => checkResponse("GET", "/candle", wrong), InvalidResponseError);
  for (const wrong of [
    { ...STATE, me: { ...ME, id: "" } },
    { ...STATE, candle: null },
    { ...STATE, signals: [{}] },
    { ...STATE, journals: [{ id: ID, place: -1 }] },
  ])
    assert.throws(() => checkResponse("GET", "/state", wrong), InvalidResponseError);
  const page = (/** @type {object} */ entry) =>
    checkResponse("GET", `/journals/${ID}/changes`, { entries: [entry], place: 1, more: false });
  for (const wrong of [
    { ...ENTRY, box: null },
    { ...ENTRY, rev: 1.5 },
    { ...ENTRY, id: "<b>" },
    { ...TOMBSTONE, place: 2 ** 53 },
  ]) {
    assert.throws(() => page(wrong), InvalidResponseError);
  }
});

test("every event from the server is looked at, and nonsense is none", () => {
  const names = [...PROTOCOL.matchAll(/^\| `([a-z]+:[a-z]+)` \| (?!from)/gm)].map(([, name]) =>
    String(name),
  );
  assert.deepEqual([...new Set(names)].sort(), Object.values(EVENTS).sort());
  for (const name of [
    "candle:changed",
    "candle:hold",
    "journal:changed",
    "talk:changed",
    "rituals:step",
    "live:whole",
  ]) {
    for (const value of NONSENSE) assert.equal(isEvent(name, value), false, name);
  }
  assert.ok(isEvent("candle:changed", CANDLE));
  assert.ok(isEvent("linking:changed", {}));
  assert.ok(!isEvent("constructor", {}));
  assert.ok(!isEvent("someone:online", {}));
});

test("what a newer server says besides is passed over", () => {
  const newer = { ...STATE, candle: { ...CANDLE, colour: "blue" }, weather: { of: "tomorrow" } };
  assert.equal(checkResponse("GET", "/state", newer), newer);
  assert.equal(isEvent(EVENTS.candleChanged, { ...CANDLE, colour: "blue" }), true);
});
