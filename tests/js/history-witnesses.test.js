/** What witnesses in a journal's boxes prove, and what a person who goes on is asked no more. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { randomBytes, toBase64Url } from "../../static/js/crypto/bytes.js";
import { couple, hear } from "./history-couple.js";
import { Device, HistoryServer, note, settled } from "./history-server.js";

/** @param {any} page */
async function goOn({ journal, history }) {
  await history.goOn();
  await settled(journal);
}

test("a witness of a place that no journal reaches is passed over after going on", async () => {
  const { server, sam, hers, his } = await couple();
  const head = toBase64Url(randomBytes(32));
  hers.history.witness = async () => ({ place: Number.MAX_SAFE_INTEGER, head });
  await hers.journal.write(note("with a false witness"));
  await hear(his, server);
  assert.equal(his.history.doubt, "partner");
  await goOn(his);
  assert.equal(his.history.doubt, "");
  assert.equal((await sam.page(server)).history.doubt, "");
});

test("what waited in an outbox over a restore is doubted until the reader goes on", async () => {
  const { server, sam, hers, his } = await couple();
  const backup = server.copy();
  for (let at = 0; at < 5; at++) await hers.journal.write(note("after the backup"));
  await settled(hers.journal);
  const waiting = await hers.journal.seal(note("in the outbox"));
  Object.assign(server, backup);
  await hers.journal.send(waiting);
  await hear(his, server);
  assert.equal(his.history.doubt, "partner");
  await goOn(his);
  assert.equal(his.history.doubt, "");
  assert.equal((await sam.page(server)).history.doubt, "");
});

test("a witness of another journal never comes along", async () => {
  const { server, sam, hers } = await couple();
  const chain = { place: 2, head: toBase64Url(randomBytes(32)) };
  hers.history.witness = async () => null;
  const { id } = await hers.journal.write({ ...note("from a former space"), chain });
  const his = await sam.page(server);
  assert.equal(his.journal.entries.get(id)?.witness, null);
  assert.equal(his.history.doubt, "");
});

test("a start that was made up is refused where a witness is older than it", async () => {
  const { server, sam, ana } = await couple();
  const [oldest] = server.rows.keys();
  server.rows.delete(oldest ?? "");
  server.start = server.place;
  assert.equal((await sam.another().page(server)).history.doubt, "device");
  const newest = [...server.rows.values()].at(-1);
  server.rows.delete(newest.id);
  assert.equal((await sam.another().page(server)).history.doubt, "partner");
  server.rows.clear();
  server.start = server.place + 1;
  const { history } = await ana.another().page(server);
  assert.equal(history.doubt, "changed");
  assert.equal(await history.witness(), null);
});

test("a journal that is older than the chain is not doubted", async () => {
  const server = new HistoryServer();
  server.keepsHistory = false;
  const ana = new Device();
  const before = await ana.page(server);
  for (const text of ["one", "two"]) await before.journal.write(note(text));
  server.keepsHistory = true;
  server.start = server.place;
  const { journal, history } = await ana.page(server);
  await journal.write(note("since then"));
  await settled(journal);
  assert.deepEqual([history.doubt, (await history.witness())?.place], ["", 3]);
  assert.equal((await ana.another().page(server)).history.doubt, "");
});

test("after a restore and going on no device doubts the server for ever", async () => {
  const { server, ana, sam, hers, his } = await couple();
  const backup = server.copy();
  for (let at = 0; at < 5; at++) await hers.journal.write(note("after the backup"));
  await settled(hers.journal);
  const waiting = await hers.journal.seal(note("in the outbox"));
  Object.assign(server, backup);
  await hers.journal.send(waiting);
  await hear(his, server);
  await hear(hers, server);
  assert.deepEqual([hers.history.doubt, his.history.doubt], ["changed", "partner"]);
  await goOn(hers);
  await hers.journal.write(note("going on"));
  await hear(his, server);
  const fresh = [await ana.another().page(server), await sam.another().page(server)];
  for (const { history } of [hers, his, ...fresh]) assert.equal(history.doubt, "");
  assert.equal((await his.history.witness())?.place, server.place);
});

test("a later witness clears no box that it is older than", async () => {
  const { server, sam, hers, his } = await couple();
  const old = await hers.history.witness();
  const head = toBase64Url(randomBytes(32));
  hers.history.witness = async () => ({ place: server.place, head });
  await hers.journal.write(note("on another history"));
  hers.history.witness = async () => old;
  await hers.journal.write(note("before it"));
  await hear(his, server);
  assert.equal(his.history.doubt, "partner");
  assert.equal((await sam.another().page(server)).history.doubt, "partner");
});

test("what is written below the place of the record has no witness", async () => {
  const { server, hers, his } = await couple();
  const backup = server.copy();
  await hers.journal.write(note("after the backup"));
  await hers.journal.write(note("and more"));
  await settled(hers.journal);
  Object.assign(server, backup);
  await hear(hers, server);
  assert.equal(hers.history.doubt, "changed");
  const { id } = await hers.journal.write(note("after the restore"));
  await hear(his, server);
  assert.equal(his.journal.entries.get(id)?.witness, null);
  assert.equal(his.history.doubt, "");
});
