/** A journal's history: what a dishonest server is caught at, and that an honest one never is. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { couple, hear } from "./history-couple.js";
import { Device, HistoryServer, note, settled } from "./history-server.js";

/** @param {any} page */
const witnesses = ({ journal }) =>
  journal.list.map((/** @type {any} */ entry) => entry.witness?.place ?? null);

test("two people write, change and delete, and nothing is said of an honest server", async () => {
  const { server, ana, sam, hers, his } = await couple();
  const entry = await hers.journal.write(note("to be changed"));
  const { id } = entry;
  await hers.journal.write(note("changed"), { id, rev: 2 });
  await hers.journal.erase(/** @type {any} */ (await hers.journal.find(id)));
  await hear(his, server);
  await hear(hers, server);
  const pages = [await ana.page(server), await sam.page(server), await ana.another().page(server)];
  for (const { history } of [hers, his, ...pages]) {
    assert.equal(history.doubt, "");
    assert.equal((await history.witness())?.place, server.place);
  }
  assert.deepEqual(witnesses(hers).sort(), [0, 1, 2, 3, 4, 5]);
  assert.equal(
    hers.journal.list.some(({ doc }) => doc && "chain" in doc),
    false,
  );
});

test("what comes and is sent costs no request of its own", async () => {
  const { server, hers, his } = await couple();
  server.asked = [];
  await hers.journal.write(note("one more"));
  await hear(his, server);
  await hear(hers, server);
  assert.deepEqual(server.asked, ["changes"]);
  assert.equal((await his.history.witness())?.place, 7);
});

test("a change that is withheld is missed at once", async () => {
  const { server, sam, hers, his } = await couple();
  const { id } = await hers.journal.write(note("withheld"));
  const hidden = server.copy();
  hidden.rows.delete(id);
  /** @type {any} */ (his.journal.journals).api = hidden.for(sam.name);
  await hear(his, hidden);
  assert.equal(his.history.doubt, "withheld");
  /** @type {any} */ (his.journal.journals).api = server.for(sam.name);
  await his.journal.reset();
  await settled(his.journal);
  assert.equal(his.history.doubt, ""); // the sentence goes when it has come
});

test("an old entry that is withheld is missed in a later visit", async () => {
  const { server, sam } = await couple();
  const [oldest] = [...server.rows.keys()];
  server.rows.delete(/** @type {string} */ (oldest));
  assert.equal((await sam.page(server)).history.doubt, "withheld");
  assert.equal((await sam.another().page(server)).history.doubt, "withheld");
});

test("a restored backup is noticed, also when others have written since", async () => {
  const { server, ana, sam, hers } = await couple();
  const backup = server.copy();
  await hers.journal.write(note("after the backup"));
  assert.equal((await sam.page(server)).history.doubt, "");
  assert.equal((await sam.page(backup)).history.doubt, "changed");
  const another = await ana.another().page(backup);
  await another.journal.write(note("written since"));
  await another.journal.write(note("and more"));
  const his = await sam.page(backup);
  assert.equal(his.history.doubt, "changed");

  await his.history.goOn();
  await settled(his.journal);
  assert.equal(his.history.doubt, "");
  assert.equal((await his.history.witness())?.place, 8);
  await another.journal.write(note("and again"));
  await hear(his, backup);
  assert.equal((await sam.page(backup)).history.doubt, "");
});

test("two histories are noticed at the partner's first or second write after", async () => {
  const { server, sam, hers, his } = await couple();
  const fork = server.copy();
  /** @type {any} */ (his.journal.journals).api = fork.for(sam.name);
  await hers.journal.write(note("kept from him"));
  await his.journal.write(note("his first")); // fits: it was sealed before they parted
  const given = async (/** @type {number} */ at) => {
    const row = [...fork.rows.values()].find(({ place }) => place === at);
    server.rows.set(row.id, { ...row, place: ++server.place, born: server.place });
    await hear(hers, server);
  };
  await given(7);
  assert.equal(hers.history.doubt, "");
  await settled(his.journal);
  await his.journal.write(note("his second"));
  await given(8);
  assert.equal(hers.history.doubt, "partner");
  const { id } = await hers.journal.write(note("writing goes on"));
  assert.equal((await hers.journal.find(id))?.doc?.text, "writing goes on");
});

test("one's own devices notice it too", async () => {
  const { server, ana, hers } = await couple();
  const fork = server.copy();
  const phone = await ana.another().page(fork);
  await phone.journal.write(note("on the phone"));
  await settled(phone.journal);
  await phone.journal.write(note("on the phone again"));
  await hers.journal.write(note("here"));
  const row = [...fork.rows.values()].at(-1);
  server.rows.set(row.id, { ...row, place: ++server.place, born: server.place });
  await hear(hers, server);
  assert.equal(hers.history.doubt, "device");
});

test("a new device is shown what another one saw, or says so", async () => {
  const { server, sam } = await couple();
  const [first, second] = [...server.rows.values()];
  server.rows.set(first.id, { ...first, place: second.place, born: second.born });
  server.rows.set(second.id, { ...second, place: first.place, born: first.born });
  assert.equal((await sam.another().page(server)).history.doubt, "device");
});

test("an older server is not asked over and over; an older client is in the chain", async () => {
  const { server, sam, ana } = await couple();
  const old = await ana.another().page(server);
  old.journal.history = null; // a client that knows nothing of it
  await old.journal.write(note("from an older page"));
  const his = await sam.page(server);
  assert.equal(his.history.doubt, "");
  assert.equal(his.journal.list.filter(({ witness }) => !witness).length, 1);
  const before = new HistoryServer();
  before.keepsHistory = false;
  const page = await new Device().page(before);
  await page.journal.write(note("on an older server"));
  await settled(page.journal);
  assert.equal(page.history.doubt, "");
  assert.equal(await page.history.witness(), null);
});

test("a journal that is older than the chain has one from its upgrade on", async () => {
  const { server, sam, hers } = await couple();
  server.start = server.place;
  const his = await sam.another().page(server);
  const entry = hers.journal.list.find(({ mine }) => mine);
  await hers.journal.write(note("changed since"), { id: entry?.id ?? "", rev: 2 });
  await hear(his, server);
  assert.equal(his.history.doubt, "partner"); // her witness is older than the start that is claimed
});

test("what is deleted while a page is being read is not missed", async () => {
  const { server, sam, hers } = await couple();
  const his = await sam.page(server);
  const entry = hers.journal.list.find(({ mine }) => mine);
  await hers.journal.erase(/** @type {any} */ (entry));
  his.journal.entries.delete(entry?.id ?? ""); // a later page no longer had it
  await his.history.task.schedule();
  await settled(his.journal);
  assert.equal(his.history.doubt, "");
  assert.equal(his.journal.cursor, server.place);
});

test("a server that claims for ever to have moved on is doubted all the same", async () => {
  const { server, sam, hers } = await couple();
  const his = await sam.page(server);
  const { id } = await hers.journal.write(note("withheld"));
  server.rows.delete(id);
  const { get } = /** @type {any} */ (his.journal.journals).api;
  /** @type {any} */ (his.journal.journals).api.get = async (/** @type {string} */ path) => {
    if (path.includes("before=1&")) server.place++;
    return get(path);
  };
  await hear(his, server);
  assert.equal(his.history.doubt, "withheld");
});

test("a tab that is behind does not take back what another one has checked", async () => {
  const { server, sam, hers, his } = await couple();
  const other = await sam.page(server);
  await hers.journal.write(note("one more"));
  await hear(his, server); // the other tab has not heard of it
  await other.history.task.schedule();
  const behind = (await other.history.records.load()).get(other.history.key);
  assert.ok(behind && behind.place < server.place);
  await other.history.records.save(other.history.key, behind);
  assert.equal((await (await sam.page(server)).history.witness())?.place, server.place);
  await hear(other, server);
  assert.equal(other.history.doubt, "");
});

test("a check that ends after the page was locked leaves nothing behind", async () => {
  const { his } = await couple();
  const { records, key } = his.history;
  const session = /** @type {any} */ (his.journal.journals).session;
  const { unlockedKeys } = session;
  Object.assign(session, { state: "locked", unlockedKeys: null });
  records.reset();
  await his.history.task.schedule();
  Object.assign(session, { state: "unlocked", unlockedKeys });
  assert.equal((await records.load()).get(key)?.place, 6);
});

test("what comes while a check is running is not counted by it", async () => {
  for (let turn = 0; turn < 10; turn++) {
    const { server, hers, his } = await couple();
    for (let at = 0; at < 4; at++) {
      await hers.journal.write(note(`hers ${at}`)); // its check begins
      await his.journal.write(note(`his ${at}`));
      await hers.journal.hear(server.place);
    }
    await settled(hers.journal);
    await hear(his, server);
    assert.deepEqual([hers.history.doubt, his.history.doubt], ["", ""]);
  }
});
