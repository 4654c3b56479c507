import assert from "node:assert/strict";
import { test } from "node:test";

import { ApiError, NotConnectedError } from "../../static/js/net/api.js";
import { ConflictError } from "../../static/js/replica/journal.js";
import { Outbox } from "../../static/js/replica/outbox.js";

const SEALED = { id: "AAAA", journal: "ours", rev: 1, box: "AAAA", sha256: "BBBB" };

/**
 * An outbox whose server answers with the given errors, one after the other, and then accepts.
 * @param {Error[]} errors
 * @param {{ id: string } | null} draft the draft that is still on this device
 */
function outboxWith(errors, draft = null) {
  // entries are sent when a test says so, and not by the timer
  const window = Object.assign(new EventTarget(), { setTimeout: () => 0 });
  Object.assign(globalThis, { window });
  const rows = new Map();
  const deviceStore = {
    isOnDisk: () => true,
    rewrite: async () => {},
    entries: async () => [...rows],
    get: async (/** @type {string} */ _, /** @type {string} */ id) => rows.get(id),
    put: async (/** @type {string} */ _, /** @type {string} */ id, /** @type {any} */ parcel) =>
      rows.set(id, parcel),
    remove: async (/** @type {string} */ _, /** @type {string} */ id) => rows.delete(id),
  };
  const session = Object.assign(new EventTarget(), {
    state: "unlocked",
    me: { id: "me" },
    account: { id: "me" },
    refresh: async () => {},
  });
  const sent = { attempts: 0 };
  const journal = {
    send: async () => {
      const error = errors[sent.attempts++];
      if (error) throw error;
      return { doc: {} };
    },
  };
  const home = {
    session,
    api: { healthy: true },
    byId: () => journal,
    drafts: { get: async () => draft, onDelivered: async () => {} },
    openDraft: null,
  };
  const outbox = new Outbox(/** @type {any} */ (home), /** @type {any} */ (deviceStore));
  /** @type {import("../../static/js/replica/outbox.js").Returned[]} */
  const returned = [];
  outbox.addEventListener("returned", (event) => {
    returned.push(/** @type {CustomEvent} */ (event).detail);
  });
  return { outbox, returned, rows, sent, session };
}

const offline = () => new NotConnectedError();
const tooBig = () => new ApiError(413, { error: "too_big" }, 0);

test("what waits for a connection is being sent, and has no state once it is there", async () => {
  const { outbox, rows } = outboxWith([offline()]);
  assert.ok((await outbox.sendNow(SEALED)) instanceof NotConnectedError);
  assert.equal(outbox.states.of("AAAA")?.name, "sending");
  await outbox.flush();
  assert.equal(outbox.states.of("AAAA"), undefined);
  assert.equal(rows.size, 0);
});

test("a refused entry without a draft is told once, and stays until it is sent anew", async () => {
  const { outbox, returned, rows, sent } = outboxWith([offline(), tooBig(), tooBig()]);
  await outbox.sendNow(SEALED);
  await outbox.flush();
  await outbox.flush();
  await outbox.flush();
  assert.equal(sent.attempts, 2);
  assert.equal(outbox.states.of("AAAA")?.name, "refused");
  assert.deepEqual(
    returned.map(({ id, draft }) => [id, draft]),
    [["AAAA", null]],
  );
  assert.equal(rows.size, 1);
  await outbox.retryNow();
  assert.equal(sent.attempts, 3);
  assert.equal(returned.length, 2);
  await outbox.retryNow();
  assert.equal(rows.size, 0);
  assert.equal(outbox.states.of("AAAA"), undefined);
});

test("a refused entry with a draft becomes that draft again, and says why", async () => {
  for (const [error, name] of /** @type {[Error, string][]} */ ([
    [tooBig(), "refused"],
    [new ConflictError(null), "conflict"],
  ])) {
    const { outbox, returned, rows } = outboxWith([offline(), error], { id: "AAAA" });
    await outbox.sendNow(SEALED);
    await outbox.flush();
    assert.equal(rows.size, 0);
    assert.equal(outbox.states.of("AAAA")?.name, name);
    assert.equal(returned[0]?.error, error);
  }
});

test("locking the page forgets the states, because an error may hold a text", async () => {
  const { outbox, session } = outboxWith([offline(), new ConflictError(null)], { id: "AAAA" });
  await outbox.sendNow(SEALED);
  await outbox.flush();
  session.state = "locked";
  session.dispatchEvent(new Event("state"));
  assert.equal(outbox.states.of("AAAA"), undefined);
});

test("sending an entry anew replaces the state of its refused revision", async () => {
  const { outbox } = outboxWith([offline(), tooBig()], { id: "AAAA" });
  await outbox.sendNow(SEALED);
  await outbox.flush();
  assert.equal(await outbox.sendNow({ ...SEALED, sha256: "CCCC" }), null);
  assert.equal(outbox.states.of("AAAA"), undefined);
});
