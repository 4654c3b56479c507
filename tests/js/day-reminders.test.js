/**
 * A reminder the day before is only a moment at the server, while push messages are enabled on a
 * device.
 */

import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Resurfacing } from "../../static/js/days/resurfacing.js";
import { DayReminders } from "../../static/js/days/day-reminders.js";
import { importKey } from "../../static/js/crypto/hkdf.js";
import { ApiError, NotConnectedError } from "../../static/js/net/api.js";

process.env.TZ = "America/Bogota"; // nine in the morning is 14:00 UTC, all year
/** @type {any[]} */
let days = [];
/** @type {Map<string, any>} */
let items = new Map();
/** @type {Map<string, any>} */
let server = new Map();
let comes = true;
let connected = true;
let opens = () => {};

/** Another device of Ana's, with the same days and the same choices. */
async function device() {
  const map = {
    get items() {
      return [...items].map(([id, item]) => ({ ...item, id }));
    },
    set: async (/** @type {object} */ item, /** @type {string} */ id) => void items.set(id, item),
    remove: async (/** @type {string} */ id) => void items.delete(id),
  };
  const api = {
    async put(/** @type {string} */ path, /** @type {object} */ body) {
      if (!connected) throw new NotConnectedError();
      server.set(path, body);
    },
    async delete(/** @type {string} */ path) {
      if (!connected) throw new NotConnectedError();
      if (!server.delete(path)) throw new ApiError(404, { error: "not_found" }, 0);
    },
  };
  const resurfacing = Object.assign(Object.create(Resurfacing.prototype), { map });
  const list = new (class extends EventTarget {
    isComplete = true;
    get all() {
      return days;
    }
  })();
  const names = await importKey(new Uint8Array(32).fill(7));
  const app = {
    api,
    resurfacing,
    days: list,
    session: { state: "unlocked", id: new Uint8Array(16) },
    journals: { individual: { names } },
    pushMessages: { isSubscribedOnThisDevice: async () => comes },
  };
  const warnings = new DayReminders(/** @type {any} */ (app));
  opens = () => list.dispatchEvent(new Event("changed"));
  return { app, warnings };
}

/** @param {{ warnings: DayReminders }} where */
async function opened({ warnings }) {
  opens();
  await warnings.syncTask.idle();
  return [...server.values()];
}

mock.timers.enable({ apis: ["Date"], now: new Date("2026-11-25T12:00:00-05:00") });

beforeEach(() => {
  days = [
    {
      id: "one",
      what: "due",
      date: "--03-02",
      yearly: true,
      plan: "quiet",
      name: "secret",
      shared: true,
    },
  ];
  items = new Map([
    ["one", { warn: true }],
    ["an-entry", { back: "2027-01-01" }],
  ]);
  server = new Map([["/reminders/another", { moment: "2027-01-01T10:00Z" }]]);
  comes = connected = true;
});
const ANOTHER = { moment: "2027-01-01T10:00Z" };

test("the server gets the moment and nothing else, once, whatever device opens", async () => {
  const phone = await device();
  assert.deepEqual(await opened(phone), [ANOTHER, { moment: "2027-03-01T14:00Z" }]);
  assert.deepEqual(await opened(await device()), [ANOTHER, { moment: "2027-03-01T14:00Z" }]);
  items.delete("handed/one"); // as another device saw it that started at the same moment
  assert.equal((await opened(await device())).length, 2);
});

test("nobody is told where none comes to this device, or none was asked for", async () => {
  comes = false;
  assert.deepEqual(await opened(await device()), [ANOTHER]);
  comes = true;
  items.set("one", {});
  assert.deepEqual(await opened(await device()), [ANOTHER]);
});

test("it moves with its day, also from a device that gets no messages", async () => {
  const phone = await device();
  await opened(phone);
  const [, first] = [...server.keys()];
  comes = false;
  days = [{ ...days[0], date: "--04-10" }];
  assert.deepEqual(await opened(phone), [ANOTHER, { moment: "2027-04-09T14:00Z" }]);
  assert.ok(!server.has(first ?? ""));
});

test("“not this year” waits a year; “never again” and a deleted day have none", async () => {
  const phone = await device();
  days = [{ ...days[0], date: "--11-27" }];
  assert.deepEqual(await opened(phone), [ANOTHER, { moment: "2026-11-26T14:00Z" }]);
  items.set("one", { warn: true, not: "2026-11-27" });
  assert.deepEqual(await opened(phone), [ANOTHER, { moment: "2027-11-26T14:00Z" }]);
  items.set("one", { warn: true, never: true });
  assert.deepEqual(await opened(phone), [ANOTHER]);
  items.set("one", { warn: true });
  assert.equal((await opened(phone)).length, 2);
  days = [];
  assert.deepEqual(await opened(phone), [ANOTHER]);
  assert.deepEqual([...items.keys()].sort(), ["an-entry", "one"]);
});

test("what is over is followed by the next year, and what is far away waits", async () => {
  const phone = await device();
  days = [
    { ...days[0], date: "--11-26" },
    { id: "two", what: "other", date: "2028-05-05", yearly: false },
  ];
  items.set("two", { warn: true });
  assert.deepEqual(
    await opened(phone),
    [ANOTHER, { moment: "2027-11-25T14:00Z" }],
    "it was nine today already",
  );
});

test("without a connection nothing changes, and it is done on the next opening", async () => {
  const phone = await device();
  await opened(phone);
  days = [];
  connected = false;
  assert.equal((await opened(phone)).length, 2);
  connected = true;
  assert.deepEqual(await opened(phone), [ANOTHER]);
});

test("what could not be read is not taken for gone", async () => {
  const phone = await device();
  await opened(phone);
  days = [];
  /** @type {any} */ (phone.app.days).isComplete = false;
  assert.equal((await opened(phone)).length, 2);
});

test("without messages nothing is left, and another device syncs its own again", async () => {
  const phone = await device();
  await opened(phone);
  comes = false;
  await phone.warnings.setPushEnabled(false);
  assert.deepEqual([...server.values()], [ANOTHER]);
  assert.deepEqual(await opened(phone), [ANOTHER]);
  comes = true;
  assert.equal((await opened(await device())).length, 2);
});
