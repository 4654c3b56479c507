/** The word list is complete or rejected, because a truncated one would give wrong safety words. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { wordList } from "../../static/js/content/wordlist.js";
import { normalise, passwordProblem } from "../../static/js/crypto/password.js";

const { fetch } = globalThis;
afterEach(() => {
  globalThis.fetch = fetch;
});

/** @param {string} text */
function answered(text) {
  globalThis.fetch = () => Promise.resolve(new Response(text));
}

test("what is not the whole list is refused, and asked for again", async () => {
  const list = Array.from({ length: 2048 }, (_, place) => `word${place}`);
  answered('{"error":"not_found"}');
  await assert.rejects(wordList("en"), /not the whole list/);
  answered(list.slice(1).join("\n"));
  await assert.rejects(wordList("en"), /not the whole list/);
  answered(`${list.join("\n")}\n`);
  assert.deepEqual(await wordList("en"), list);
});

test("words that were once given are still taken, as they were", () => {
  const old = "bodegon callejon celosia judia lamina menu";
  assert.equal(passwordProblem(old, "ana"), "");
  assert.equal(normalise(old), old);
});
