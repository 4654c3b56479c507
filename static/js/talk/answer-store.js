/**
 * Answers, sealed until both members have given one (protocol §8). Runs without a DOM. Dispatches
 * "changed" when the answers have changed.
 */

import { answerKey, answerRef, questionId } from "../crypto/answer.js";
import { makeTag } from "../crypto/author-tag.js";
import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { aad, sealJson } from "../crypto/envelope.js";
import { ApiError } from "../net/api.js";
import { EVENTS } from "../net/events.js";
import { Kind } from "../crypto/kinds.js";
import { timestamp } from "../clock.js";
import { answerFields, openAnswer } from "./open-answer.js";

/**
 * @typedef {import("../net/types.js").WirePair} WirePair
 * @typedef {import("../net/types.js").WireAnswer} WireAnswer
 * @typedef {{ type?: "choice", choice?: string, way?: "words" | "none" | "same" | "recording",
 *   text?: string, audio?: { mime: string, data: string, seconds: number }, question?: string,
 *   asked?: string }} AnswerContent `type`: "choice" for a matter of "Side by side", which has a
 *   `choice` in the place of a `way`
 * `said` is null when the answer does not open.
 * @typedef {{ said: AnswerContent | null, forged: boolean }} OpenedAnswer
 */

export class AnswerStore extends EventTarget {
  #app;
  /** @type {Promise<any> | null} */
  #request = null;
  #requestCount = 0;
  /**
   * The space whose answers are all here and stay so by events; null before, or if they may have
   * changed since.
   * @type {string | null}
   */
  #openedFor = null;
  /** @type {Promise<void>} */
  #opening = Promise.resolve();
  /**
   * A request that got no response: a retry sends the same bytes.
   * @type {{ what: string, body: object } | null}
   */
  #unconfirmed = null;

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.#app = app;
    /** @type {Map<string, WirePair>} */
    this.pairs = new Map();
    app.session.addEventListener("state", () => this.#clear());
    app.live.listen(EVENTS.talkChanged, () => void this.load().catch(() => {}));
    app.live.addEventListener(
      "resync",
      () => void (this.#openedFor !== null && this.load().catch(() => {})),
    );
  }

  /** Clear all answers when the session is locked. */
  #clear() {
    this.pairs.clear();
    this.#openedFor = null;
    this.#unconfirmed = null;
  }

  get space() {
    return this.#app.session.spaces.active;
  }

  /**
   * Fetch all answers once; from then on events say when they have changed.
   * @returns {Promise<void>} rejects without a connection; the next call tries again
   */
  open() {
    const space = this.space ? toBase64Url(this.space.id) : "";
    if (this.#openedFor !== space) {
      this.#openedFor = space;
      this.#opening = this.load();
    }
    return this.#opening;
  }

  /**
   * Fetch all answers anew; concurrent calls resolve to the latest response.
   * @returns {Promise<void>}
   */
  load() {
    this.#request = this.#fetch(++this.#requestCount).catch((error) => {
      this.#openedFor = null;
      throw error;
    });
    return this.#request;
  }

  /**
   * @param {number} turn
   * @returns {Promise<void>}
   */
  async #fetch(turn) {
    if (!this.space) return this.pairs.clear();
    const { answers } = await this.#app.api.get("/talk/answers");
    if (turn !== this.#requestCount) return this.#request;
    this.#request = null;
    this.pairs = new Map(answers.map((/** @type {WirePair} */ pair) => [pair.ref, pair]));
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Return the reference by which the server pairs the answers to a question.
   * @param {string} question
   * @returns {Promise<Uint8Array>}
   */
  async #ref(question) {
    if (!this.space) throw new Error("nobody to answer to");
    return answerRef(this.space.keys.root, await questionId(question));
  }

  /**
   * @param {string} question
   * @returns {Promise<string>}
   */
  async refOf(question) {
    return toBase64Url(await this.#ref(question));
  }

  /**
   * @param {string} question
   * @returns {Promise<WirePair | null>}
   */
  async pair(question) {
    return this.space ? (this.pairs.get(await this.refOf(question)) ?? null) : null;
  }

  /**
   * Give an answer, or change the member's own.
   * @param {{ id: string, text: string }} question
   * @param {AnswerContent} content
   * @param {boolean} quiet whether it is not announced until the partner has answered too
   */
  async submit(question, content, quiet) {
    const submission = JSON.stringify([question.id, content, quiet]);
    const before = this.#unconfirmed?.what === submission ? this.#unconfirmed.body : null;
    const body = before ?? (await this.#seal(question, content, quiet));
    this.#unconfirmed = { what: submission, body };
    try {
      this.#apply(await this.#app.api.put(`/talk/answers/${await this.refOf(question.id)}`, body));
      this.#unconfirmed = null;
    } catch (error) {
      if (error instanceof ApiError) this.#unconfirmed = null;
      throw error;
    }
  }

  /**
   * Seal the member's first answer, or its next revision.
   * @param {{ id: string, text: string }} question
   * @param {AnswerContent} content
   * @param {boolean} quiet
   */
  async #seal(question, content, quiet) {
    const { session } = this.#app;
    const ref = await this.#ref(question.id);
    const mine = (await this.pair(question.id))?.mine;
    const id = mine ? fromBase64Url(mine.id, 16) : randomBytes(16);
    const rev = (mine?.rev ?? 0) + 1;
    const share = randomBytes(32);
    const space = /** @type {NonNullable<typeof this.space>} */ (this.space);
    const key = await answerKey(space.keys.answer, share, ref, session.id);
    const fields = await answerFields(space, ref, id, session.id, rev);
    const about = { question: question.id, asked: question.text };
    const box = await sealJson(key, Kind.ANSWER, fields, {
      type: "answer",
      at: timestamp(),
      ...about,
      ...content,
    });
    const tag = await makeTag(session.unlockedKeys.authorTag, aad(Kind.ANSWER, fields), box);
    return {
      id: toBase64Url(id),
      rev,
      share: toBase64Url(share),
      box: toBase64Url(box),
      tag: toBase64Url(tag),
      quiet,
    };
  }

  /**
   * Withdraw the member's answer, or erase it after the reveal.
   * @param {string} question
   */
  async withdraw(question) {
    const ref = await this.refOf(question);
    const rev = (this.pairs.get(ref)?.mine?.rev ?? 0) + 1;
    this.#apply(await this.#app.api.delete(`/talk/answers/${ref}`, { rev }));
  }

  /**
   * Open the member's answer early, without the partner's.
   * @param {string} question
   */
  async openAlone(question) {
    const ref = await this.refOf(question);
    this.#apply(await this.#app.api.post(`/talk/answers/${ref}/opening`, {}));
  }

  /** @param {WirePair} pair */
  #apply(pair) {
    this.pairs.set(pair.ref, pair);
    this.dispatchEvent(new Event("changed"));
    if (this.#request) void this.load().catch(() => {}); // a running request may be older
  }

  /**
   * @param {WirePair} pair
   * @param {WirePair["theirs"]} answer
   * @returns {Promise<OpenedAnswer>} `space`: for a former one
   */
  decrypt(pair, answer, space = this.space) {
    return openAnswer(this.#app.session, space, pair, answer);
  }
}
