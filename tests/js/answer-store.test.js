import assert from "node:assert/strict";
import { test } from "node:test";

import { NotConnectedError } from "../../static/js/net/api.js";
import { EVENTS } from "../../static/js/net/events.js";
import { AnswerStore } from "../../static/js/talk/answer-store.js";

/** A store whose requests are counted, in a space of its own. */
function storeWith() {
  const session = Object.assign(new EventTarget(), {
    spaces: { active: { id: new Uint8Array(16) } },
  });
  /** @type {Map<string, () => void>} */
  const listeners = new Map();
  const live = Object.assign(new EventTarget(), {
    listen: (/** @type {string} */ name, /** @type {() => void} */ listener) =>
      listeners.set(name, listener),
  });
  const state = { asked: 0, offline: false };
  const api = {
    get: async () => {
      state.asked++;
      if (state.offline) throw new NotConnectedError();
      return { answers: [] };
    },
  };
  const store = new AnswerStore(/** @type {any} */ ({ session, live, api }));
  return { store, session, live, state, heard: listeners };
}

test("opening one screen after the other asks for the answers once", async () => {
  const { store, state } = storeWith();
  await Promise.all([store.open(), store.open()]);
  await store.open();
  assert.equal(state.asked, 1);
});

test("an event and an interruption of the socket each ask again", async () => {
  const { store, state, heard, live } = storeWith();
  live.dispatchEvent(new Event("resync"));
  assert.equal(state.asked, 0);
  await store.open();
  heard.get(EVENTS.talkChanged)?.();
  live.dispatchEvent(new Event("resync"));
  assert.equal(state.asked, 3);
  await store.open();
  assert.equal(state.asked, 3);
});

test("answers that did not come are asked for at the next opening", async () => {
  const { store, state } = storeWith();
  state.offline = true;
  await assert.rejects(store.open(), NotConnectedError);
  state.offline = false;
  await store.open();
  assert.equal(state.asked, 2);
});

test("a change that did not come is asked for at the next opening, too", async () => {
  const { store, state } = storeWith();
  await store.open();
  state.offline = true;
  await store.load().catch(() => {});
  state.offline = false;
  await store.open();
  assert.equal(state.asked, 3);
});

test("another space and another unlocking have other answers", async () => {
  const { store, session, state } = storeWith();
  await store.open();
  session.spaces.active = { id: new Uint8Array(16).fill(1) };
  await store.open();
  assert.equal(state.asked, 2);
  session.dispatchEvent(new Event("state"));
  await store.open();
  assert.equal(state.asked, 3);
});
