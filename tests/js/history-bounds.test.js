/** A server that claims more writes than there are does not keep a page busy. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { InvalidResponseError } from "../../static/js/net/api.js";
import { changes, historyPages } from "../../static/js/replica/pages.js";
import { couple } from "./history-couple.js";
import { Device, HistoryServer, settled } from "./history-server.js";

const HIGHEST = Number.MAX_SAFE_INTEGER;
const within = { timeout: 5000 }; // a page that folds that many places never ends

test("a journal of nothing with the highest of places is doubted at once", within, async () => {
  const server = new HistoryServer();
  server.place = HIGHEST;
  const { history } = await new Device().page(server);
  assert.equal(history.doubt, "withheld");
  await assert.rejects(history.goOn(), InvalidResponseError);
  assert.equal(history.doubt, "withheld");
  assert.equal((await history.records.load()).size, 0);
});

test("a device with a record is not kept busy either", within, async () => {
  const { server, his } = await couple();
  const { place } = server;
  server.place = HIGHEST;
  await his.journal.hear(HIGHEST);
  await settled(his.journal);
  assert.equal(his.history.doubt, "withheld");
  await assert.rejects(his.history.goOn(), InvalidResponseError);
  server.place = place;
  await his.journal.hear(place);
  await settled(his.journal);
  assert.equal(his.history.doubt, "");
});

test("one false announcement makes nobody doubt the server", within, async () => {
  const { server, his } = await couple();
  await his.journal.hear(HIGHEST);
  await settled(his.journal);
  assert.equal(his.history.doubt, "");
  assert.equal(his.journal.cursor, server.place);
});

test("pages without a write end, although there is said to be more", within, async () => {
  /** @type {any} */
  const api = {
    get: async (/** @type {string} */ path) => {
      const place = Number(path.match(/after=(\d+)/)?.[1]) + 1;
      if (place > 10) throw new Error("asked without end");
      return { start: 0, entries: [], writes: [], place, more: true };
    },
  };
  for (const read of [changes, historyPages])
    await assert.rejects(async () => {
      for await (const _ of read(api, "/journals/x", 0));
    }, InvalidResponseError);
});

test("the history is asked for no further than the page has read", within, async () => {
  const { server, sam } = await couple();
  const page = await sam.another().unlock(server);
  const { api } = page.journal.journals;
  const get = api.get.bind(api);
  let asked = 0;
  api.get = async (/** @type {string} */ path) => {
    const answer = /** @type {any} */ (await get(path));
    if (!path.includes("/history")) return answer;
    const [id] = server.rows.keys();
    const author = sam.name;
    const place = Number(path.match(/after=(\d+)/)?.[1]) + 1;
    if (++asked > 100) throw new Error("asked without end");
    const writes = [{ id, author, rev: 9, place: server.place + place, gone: true }];
    return { ...answer, writes, place: server.place + place, more: true };
  };
  await page.journal.open();
  await settled(page.journal);
  assert.deepEqual([asked, page.history.doubt], [1, ""]);
});
