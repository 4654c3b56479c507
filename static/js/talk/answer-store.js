/**
 * Answers, sealed until both members have given one (protocol §8). Runs without a DOM. Dispatches
 * "changed" when the answers have changed.
 */

import { answerKey, answerRef, questionId } from "../crypto/answer.js";
import { checkTag, makeTag } from "../crypto/author-tag.js";
import { toBase64Url, randomBytes, sha256, fromBase64Url } from "../crypto/bytes.js";
import { aad, openJson, sealJson } from "../crypto/envelope.js";
import { ApiError } from "../net/api.js";
import { fitsTopic } from "../content/matters.js";
import { EVENTS } from "../net/events.js";
import { Kind } from "../crypto/kinds.js";
import { timestamp } from "../clock.js";

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
  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.app = app;
    /** @type {Map<string, WirePair>} */
    this.pairs = new Map();
    /** @type {Promise<any> | null} */
    this.request = null;
    this.requestCount = 0;
    /**
     * A request that got no response: a retry sends the same bytes.
     * @type {{ what: string, body: object } | null}
     */
    this.unconfirmed = null;
    app.session.addEventListener("state", () => this.clear());
    app.live.listen(EVENTS.talkChanged, () => void this.load().catch(() => {}));
    app.live.addEventListener(
      "resync",
      () => void (this.pairs.size && this.load().catch(() => {})),
    );
  }

  /** Clear all answers when the session is locked. */
  clear() {
    this.pairs.clear();
    this.unconfirmed = null;
  }

  get space() {
    return this.app.session.spaces.active;
  }

  /**
   * Fetch all answers; concurrent calls resolve to the latest response.
   * @returns {Promise<void>}
   */
  load() {
    this.request = this.fetch(++this.requestCount);
    return this.request;
  }

  /**
   * @param {number} turn
   * @returns {Promise<void>}
   */
  async fetch(turn) {
    if (!this.space) return this.pairs.clear();
    const { answers } = await this.app.api.get("/talk/answers");
    if (turn !== this.requestCount) return this.request;
    this.request = null;
    this.pairs = new Map(answers.map((/** @type {WirePair} */ pair) => [pair.ref, pair]));
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Return the reference by which the server pairs the answers to a question.
   * @param {string} question
   * @returns {Promise<Uint8Array>}
   */
  async ref(question) {
    if (!this.space) throw new Error("nobody to answer to");
    return answerRef(this.space.keys.root, await questionId(question));
  }

  /**
   * @param {string} question
   * @returns {Promise<string>}
   */
  async refOf(question) {
    return toBase64Url(await this.ref(question));
  }

  /**
   * @param {string} question
   * @returns {Promise<WirePair | null>}
   */
  async pair(question) {
    return this.space ? (this.pairs.get(await this.refOf(question)) ?? null) : null;
  }

  /**
   * @param {Uint8Array} ref
   * @param {Uint8Array} id
   * @param {Uint8Array} author
   * @param {number} rev
   */
  async fields(ref, id, author, rev, space = this.space) {
    const scopeId = /** @type {NonNullable<typeof this.space>} */ (space).id;
    return { scopeId, recordId: id, authorId: author, rev, context: await sha256(ref) };
  }

  /**
   * Give an answer, or change the member's own.
   * @param {{ id: string, text: string }} question
   * @param {AnswerContent} said
   * @param {boolean} quiet whether it is not announced until the partner has answered too
   */
  async submit(question, said, quiet) {
    const what = JSON.stringify([question.id, said, quiet]);
    const before = this.unconfirmed?.what === what ? this.unconfirmed.body : null;
    const body = before ?? (await this.seal(question, said, quiet));
    this.unconfirmed = { what, body };
    try {
      this.apply(await this.app.api.put(`/talk/answers/${await this.refOf(question.id)}`, body));
      this.unconfirmed = null;
    } catch (error) {
      if (error instanceof ApiError) this.unconfirmed = null;
      throw error;
    }
  }

  /**
   * Seal the member's first answer, or its next revision.
   * @param {{ id: string, text: string }} question
   * @param {AnswerContent} said
   * @param {boolean} quiet
   */
  async seal(question, said, quiet) {
    const { session } = this.app;
    const ref = await this.ref(question.id);
    const mine = (await this.pair(question.id))?.mine;
    const id = mine ? fromBase64Url(mine.id, 16) : randomBytes(16);
    const rev = (mine?.rev ?? 0) + 1;
    const share = randomBytes(32);
    const keys = /** @type {NonNullable<typeof this.space>} */ (this.space).keys;
    const key = await answerKey(keys.answer, share, ref, session.id);
    const fields = await this.fields(ref, id, session.id, rev);
    const about = { question: question.id, asked: question.text };
    const box = await sealJson(key, Kind.ANSWER, fields, {
      type: "answer",
      at: timestamp(),
      ...about,
      ...said,
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
    this.apply(await this.app.api.delete(`/talk/answers/${ref}`, { rev }));
  }

  /**
   * Open the member's answer early, without the partner's.
   * @param {string} question
   */
  async openAlone(question) {
    const ref = await this.refOf(question);
    this.apply(await this.app.api.post(`/talk/answers/${ref}/opening`, {}));
  }

  /** @param {WirePair} pair */
  apply(pair) {
    this.pairs.set(pair.ref, pair);
    this.dispatchEvent(new Event("changed"));
    if (this.request) void this.load().catch(() => {}); // a running request may have an older state
  }

  /**
   * @param {WirePair} pair
   * @param {WirePair["theirs"]} answer
   * @returns {Promise<OpenedAnswer>} `space`: for a former one
   */
  async decrypt(pair, answer, space = this.space) {
    const { session } = this.app;
    if (!answer || !("box" in answer)) return { said: null, forged: false };
    const known = [session.account.id, space ? toBase64Url(space.partner) : ""];
    if (!space || !known.includes(answer.author)) return { said: null, forged: false };
    const ref = fromBase64Url(pair.ref, 16);
    const author = fromBase64Url(answer.author, 16);
    const box = fromBase64Url(answer.box);
    try {
      const key = await answerKey(space.keys.answer, fromBase64Url(answer.share, 32), ref, author);
      const fields = await this.fields(
        ref,
        fromBase64Url(answer.id, 16),
        author,
        answer.rev,
        space,
      );
      const said = /** @type {AnswerContent} */ (await openJson(key, Kind.ANSWER, fields, box));
      if (!fitsTopic(said)) return { said: null, forged: false };
      const mine = answer.author === session.account.id;
      const { authorTag } = session.unlockedKeys;
      const tag = fromBase64Url(answer.tag, 32);
      const forged = mine && !(await checkTag(authorTag, aad(Kind.ANSWER, fields), box, tag));
      return { said, forged };
    } catch {
      return { said: null, forged: false };
    }
  }
}
