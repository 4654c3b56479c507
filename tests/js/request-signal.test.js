import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

import { Api, NotConnectedError } from "../../static/js/net/api.js";

afterEach(() => mock.restoreAll());

/** Answer no request until its signal is aborted. @returns {RequestInit[]} the requests */
function answerNothing() {
  /** @type {RequestInit[]} */
  const asked = [];
  mock.method(globalThis, "fetch", (/** @type {string} */ _, /** @type {RequestInit} */ init) => {
    asked.push(init);
    return new Promise((_resolve, reject) => {
      const abort = () => reject(new DOMException("", "AbortError"));
      if (init.signal?.aborted) abort();
      init.signal?.addEventListener("abort", abort);
    });
  });
  return asked;
}

for (const method of /** @type {("get" | "getBox")[]} */ (["get", "getBox"])) {
  test(`${method} ends with its screen, and says nothing about the connection`, async () => {
    answerNothing();
    const api = new Api();
    const screen = new AbortController();
    const reading = api[method]("/sessions", { signal: screen.signal });
    screen.abort();
    await assert.rejects(reading, { name: "AbortError" });
    assert.equal(api.reachable, true);
    await assert.rejects(api[method]("/sessions", { signal: screen.signal }), {
      name: "AbortError",
    });
  });
}

test("a request that gets no response in time says that there is no connection", async () => {
  mock.method(AbortSignal, "timeout", () => AbortSignal.abort());
  answerNothing();
  const api = new Api();
  const { signal } = new AbortController();
  await assert.rejects(api.get("/sessions", { signal }), NotConnectedError);
  assert.equal(api.reachable, false);
});

test("a write takes no signal", async () => {
  const asked = answerNothing();
  const api = /** @type {any} */ (new Api());
  const screen = new AbortController();
  screen.abort();
  void api.post("/rest", {}, { signal: screen.signal }).catch(() => {});
  void api.put("/rest", {}, { signal: screen.signal }).catch(() => {});
  void api.delete("/rest", {}, { signal: screen.signal }).catch(() => {});
  assert.deepEqual(
    asked.map(({ signal }) => signal?.aborted),
    [false, false, false],
  );
});
