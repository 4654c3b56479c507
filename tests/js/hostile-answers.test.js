/** A server whose answers have no end, weaken the key, or give one answer for another. */

import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";

import { answerKey } from "../../static/js/crypto/answer.js";
import { randomBytes, toBase64Url } from "../../static/js/crypto/bytes.js";
import { sealJson } from "../../static/js/crypto/envelope.js";
import { accountKeys, spaceKeys } from "../../static/js/crypto/keys.js";
import { Kind } from "../../static/js/crypto/kinds.js";
import { Api, InvalidResponseError } from "../../static/js/net/api.js";
import { answerFields, openAnswer } from "../../static/js/talk/open-answer.js";

/** @type {any} */ (globalThis).window = globalThis;
const { PasswordProof } = await import("../../static/js/session/password-proof.js");

afterEach(() => mock.restoreAll());

const MIB = 1024 * 1024;

/**
 * Answer every request with 100 MiB that begin like a list of entries.
 * @param {Record<string, string>} [headers]
 * @returns {{ pulled: number, ended: boolean }}
 */
function answerWithoutEnd(headers) {
  const count = { pulled: 0, ended: false };
  const filler = new Uint8Array(MIB).fill(0x20);
  mock.method(globalThis, "fetch", async () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"entries":[')),
      pull: (controller) => {
        if (count.pulled++ < 100) controller.enqueue(filler);
        else controller.close();
      },
      cancel: () => void (count.ended = true),
    });
    return new Response(body, { headers: { "Content-Type": "application/json", ...headers } });
  });
  return count;
}

test("a hundred megabytes of JSON are not read to their end, nor taken for an answer", async () => {
  const lengths = [undefined, { "Content-Length": "104857600" }, { "Content-Length": "many" }];
  const compressed = { "Content-Length": "1024", "Content-Encoding": "gzip" };
  const chunked = { "Content-Length": "1024", "Transfer-Encoding": "chunked" };
  for (const headers of [...lengths, compressed, chunked]) {
    const count = answerWithoutEnd(headers);
    await assert.rejects(new Api().get("/journals/x/changes?after=0"), InvalidResponseError);
    assert.ok(count.ended);
    assert.ok(count.pulled < 70);
    mock.restoreAll();
  }
});

test("an attachment without an end is not read to its end", async () => {
  const count = answerWithoutEnd();
  await assert.rejects(new Api().getBox("/journals/x/entries/y/attachments/z"), RangeError);
  assert.ok(count.ended);
  assert.ok(count.pulled < 70);
});

test("the server cannot weaken how the key is made", async () => {
  /** @type {any[]} */
  const messages = [];
  class Worker {
    /** @param {any} message */
    postMessage(message) {
      messages.push(message);
      queueMicrotask(() => /** @type {any} */ (this).onmessage({ data: { error: "that is all" } }));
    }

    terminate() {}
  }
  Object.assign(globalThis, { Worker });
  const weaker = { memory: 8, iterations: 1, parallelism: 1, kdf: "pbkdf2", hashLength: 1 };
  const api = { post: async () => ({ seed: toBase64Url(randomBytes(16)), ...weaker }) };
  const proof = new PasswordProof(/** @type {any} */ (api));
  await assert.rejects(
    proof.signIn("ana", "six words", () => {}),
    /that is all/,
  );
  assert.deepEqual(
    messages.map((message) => Object.keys(message).sort()),
    [["password", "salt"]],
  );
  assert.equal(messages[0].salt.length, 32);
});

test("an answer to another question, of another person or space does not open", async () => {
  const [me, partner] = [randomBytes(16), randomBytes(16)];
  const [ref, share, id] = [randomBytes(16), randomBytes(32), randomBytes(16)];
  const keys = await accountKeys(randomBytes(32));
  const space = { id: randomBytes(16), partner, keys: await spaceKeys(randomBytes(32)) };
  const session = { account: { id: toBase64Url(me) }, unlockedKeys: keys };
  const key = await answerKey(space.keys.answer, share, ref, partner);
  const fields = await answerFields(/** @type {any} */ (space), ref, id, partner, 1);
  const said = {
    type: "answer",
    at: "2026-11-25T12:00:00Z",
    way: "words",
    text: "The kettle",
    question: "q",
  };
  const answer = {
    id: toBase64Url(id),
    author: toBase64Url(partner),
    rev: 1,
    share: toBase64Url(share),
    box: toBase64Url(await sealJson(key, Kind.ANSWER, fields, said)),
    tag: toBase64Url(randomBytes(32)),
  };
  const pair = { ref: toBase64Url(ref), revealed: true, mine: null, theirs: null };
  /**
   * @param {object} lie
   * @param {object} [about]
   * @param {object} [where]
   */
  const opens = async (lie, about = {}, where = {}) =>
    (
      await openAnswer(
        /** @type {any} */ (session),
        /** @type {any} */ ({ ...space, ...where }),
        { ...pair, ...about },
        { ...answer, ...lie },
      )
    ).said?.text ?? null;
  assert.equal(await opens({}), "The kettle");
  const other = toBase64Url(randomBytes(16));
  assert.equal(await opens({}, { ref: other }), null);
  for (const lie of [
    { author: other },
    { author: toBase64Url(me) },
    { id: other },
    { rev: 2 },
    { share: toBase64Url(randomBytes(32)) },
  ])
    assert.equal(await opens(lie), null, JSON.stringify(lie));
  assert.equal(await opens({}, {}, { id: randomBytes(16) }), null);
});
