/** Which entries a journal holds: one that is withheld is missed, whatever takes its place. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { randomBytes, toBase64Url } from "../../static/js/crypto/bytes.js";
import { couple, hear } from "./history-couple.js";
import { Device, HistoryServer, note, settled } from "./history-server.js";

test("a box of nothing does not take the place of an old entry", async () => {
  const { server, sam } = await couple();
  const [oldest] = server.rows.values();
  server.rows.delete(oldest.id);
  const id = toBase64Url(randomBytes(16));
  server.rows.set(id, { ...oldest, id });
  assert.equal((await sam.page(server)).history.doubt, "withheld");
});

test("a deleted entry that is sent again does not take its place either", async () => {
  const { server, sam, hers, his } = await couple();
  const [oldest, next] = [...server.rows.values()];
  await hers.journal.erase(/** @type {any} */ (await hers.journal.find(oldest.id)));
  await hers.journal.write(note("since then"));
  await hear(his, server);
  server.rows.delete(next.id);
  server.rows.set(oldest.id, oldest);
  assert.equal((await sam.page(server)).history.doubt, "withheld");
});

test("what is added, changed and deleted between two visits is not missed", async () => {
  const { server, sam, hers } = await couple();
  const [{ id }] = /** @type {[any]} */ ([...server.rows.values()]);
  for (const text of ["one", "two"]) {
    const entry = await hers.journal.write(note(text));
    await hers.journal.write(note("changed"), { id: entry.id, rev: 2 });
    if (text === "two") await hers.journal.erase(hers.journal.entries.get(entry.id) ?? entry);
  }
  await hers.journal.erase(/** @type {any} */ (await hers.journal.find(id)));
  assert.equal((await sam.page(server)).history.doubt, "");
  assert.equal((await sam.page(server)).history.doubt, "");
});

test("what is deleted while a page is read anew after going on is not missed later", async () => {
  const server = new HistoryServer();
  const [ana, sam] = [new Device(), new Device()];
  const hers = await ana.page(server);
  for (let at = 1; at <= 60; at++) await hers.journal.write(note(`entry ${at}`));
  const his = await sam.page(server);
  const oldest = hers.journal.list.find(({ born }) => born === 1);
  const { api } = his.journal.journals;
  const get = api.get.bind(api);
  api.get = async (/** @type {string} */ path) => {
    if (path.includes("limit=500") && oldest) {
      api.get = get;
      await hers.journal.erase(oldest);
    }
    return get(path);
  };
  await his.history.goOn();
  await settled(his.journal);
  await hear(his, server);
  assert.equal(his.history.doubt, "");
  assert.equal((await his.history.witness())?.place, server.place);
});

test("what this page deletes is gone from it before the deletion counts as known", async () => {
  const { server, hers } = await couple();
  const { history, journal } = hers;
  const home = /** @type {any} */ (journal.journals);
  home.trash.trashThenDelete = async (
    /** @type {any} */ _,
    /** @type {any} */ __,
    /** @type {any} */ erase,
  ) => {
    await erase();
    await history.task.schedule();
  };
  /** @type {string[]} */
  const said = [];
  home.addEventListener("history", () => said.push(history.doubt));
  await journal.erase(/** @type {any} */ (journal.list.find(({ mine }) => mine)));
  await settled(journal);
  assert.deepEqual(said, []);
  assert.equal((await history.witness())?.place, server.place);
});
