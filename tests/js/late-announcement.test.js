/** An announcement that is older than what a page knows takes nothing from the page. */

import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";

import { Device, HistoryServer, note, settled } from "./history-server.js";

const ENTRIES = 60; // more than one page

/** A journal of more than one page, and a device of its writer. */
async function longJournal() {
  const server = new HistoryServer();
  const ana = new Device();
  const { journal } = await ana.page(server);
  for (let at = 1; at <= ENTRIES; at++) await journal.write(note(`entry ${at}`));
  await settled(journal);
  return { server, ana };
}

/**
 * A page whose request for the older entries was answered, and whose answer is on its way.
 * @param {Device} device
 * @param {HistoryServer} server
 */
async function halfRead(device, server) {
  const page = await device.unlock(server);
  const { api } = page.journal.journals;
  const get = api.get.bind(api);
  const wire = new EventEmitter();
  const asked = once(wire, "asked");
  const arrived = once(wire, "arrived");
  api.get = async (/** @type {string} */ path) => {
    const answer = /** @type {any} */ (await get(path));
    if (!path.includes("limit=500")) return answer;
    wire.emit("asked");
    await arrived;
    return answer;
  };
  await page.journal.open();
  await asked;
  return { ...page, arrive: () => wire.emit("arrived") };
}

test("a place that was read before this page's own write takes no entry away", async () => {
  const { server, ana } = await longJournal();
  const { journal, history, arrive } = await halfRead(ana, server);
  await journal.write(note("from the outbox"));
  const heard = journal.hear(ENTRIES);
  arrive();
  await heard;
  await settled(journal);
  assert.equal(journal.entries.size, ENTRIES + 1);
  assert.equal(history.doubt, "");
});

test("two announcements that come in the wrong order take no entry away", async () => {
  const { server, ana } = await longJournal();
  const other = await ana.another().page(server);
  const { journal, history } = await ana.page(server);
  for (const text of ["one", "two"]) await other.journal.write(note(text));
  const shown = new Set();
  journal.addEventListener("changed", () => shown.add(journal.entries.size));
  await Promise.all([journal.hear(server.place), journal.hear(server.place - 1)]);
  await journal.hear(server.place - 1);
  await settled(journal);
  assert.deepEqual([...shown], [ENTRIES + 2]);
  assert.equal(history.doubt, "");
});

test("a backup that is restored while older entries are on their way is read whole", async () => {
  const { server, ana } = await longJournal();
  const backup = server.copy();
  const other = await ana.another().page(server);
  await other.journal.write(note("after the backup"));
  const { journal, arrive } = await halfRead(ana, server);
  Object.assign(server, backup);
  const heard = journal.hear(server.place);
  arrive();
  await heard;
  await settled(journal);
  assert.deepEqual([...journal.entries.keys()].sort(), [...backup.rows.keys()].sort());
  assert.ok(journal.complete);
});
