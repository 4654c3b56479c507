/**
 * Answers, sealed until both have given one (protocol §8). Knows no DOM. Says "changed" when
 * the server has told something new.
 */

import { answerKey, answerRef, questionId } from "../crypto/answer.js";
import { checkTag, makeTag } from "../crypto/author-tag.js";
import { b64, randomBytes, sha256, unb64 } from "../crypto/bytes.js";
import { aad, openJson, sealJson } from "../crypto/envelope.js";
import { now } from "../journals/journal.js";
import { ApiError } from "../net/api.js";
import { EVENTS } from "../net/events.js";

const ANSWER = 0x22;

/**
 * @typedef {import("../net/types.js").WirePair} WirePair
 * @typedef {import("../net/types.js").WireAnswer} WireAnswer
 * @typedef {{ way: "words" | "none" | "same" | "recording", text?: string,
 *   audio?: { mime: string, data: string, seconds: number }, question?: string,
 *   asked?: string }} Said
 * @typedef {{ said: Said | null, forged: boolean }} Opened `said` is null when it does not open
 */

export class Answers extends EventTarget {
  /** @param {import("../app.js").App} app */
  constructor(app) {
    super();
    this.app = app;
    /** @type {Map<string, WirePair>} */
    this.pairs = new Map();
    /** @type {Promise<any> | null} */
    this.asking = null;
    this.turn = 0;
    /**
     * What was sent and not answered for: the same again is the same bytes.
     * @type {{ what: string, body: object } | null}
     */
    this.unsure = null;
    app.live.listen(EVENTS.talkChanged, () => void this.load().catch(() => {}));
    app.live.addEventListener("ask", () => void (this.pairs.size && this.load().catch(() => {})));
  }

  get space() {
    return this.app.session.spaces.active;
  }

  /** Ask how all stand; who asked earlier gets what was told last. @returns {Promise<void>} */
  load() {
    this.asking = this.ask(++this.turn);
    return this.asking;
  }

  /** @param {number} turn @returns {Promise<void>} */
  async ask(turn) {
    if (!this.space) return this.pairs.clear();
    const { answers } = await this.app.api.get("/talk/answers");
    if (turn !== this.turn) return this.asking;
    this.asking = null;
    this.pairs = new Map(answers.map((/** @type {WirePair} */ pair) => [pair.ref, pair]));
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * What the server pairs the answers to a question by.
   * @param {string} question
   * @returns {Promise<Uint8Array>}
   */
  async ref(question) {
    if (!this.space) throw new Error("nobody to answer to");
    return answerRef(this.space.keys.root, await questionId(question));
  }

  /** @param {string} question @returns {Promise<string>} */
  async refOf(question) {
    return b64(await this.ref(question));
  }

  /** @param {string} question @returns {Promise<WirePair | null>} */
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
   * Give an answer, or change one's own.
   * @param {{ id: string, text: string }} question
   * @param {Said} said
   * @param {boolean} quiet whether nothing is said of it until the other has answered too
   */
  async give(question, said, quiet) {
    const what = JSON.stringify([question.id, said, quiet]);
    const before = this.unsure?.what === what ? this.unsure.body : null;
    const body = before ?? (await this.seal(question, said, quiet));
    this.unsure = { what, body };
    try {
      this.take(await this.app.api.put(`/talk/answers/${await this.refOf(question.id)}`, body));
      this.unsure = null;
    } catch (error) {
      if (error instanceof ApiError) this.unsure = null;
      throw error;
    }
  }

  /**
   * Seal one's first answer, or its next revision.
   * @param {{ id: string, text: string }} question
   * @param {Said} said
   * @param {boolean} quiet
   */
  async seal(question, said, quiet) {
    const { session } = this.app;
    const ref = await this.ref(question.id);
    const mine = (await this.pair(question.id))?.mine;
    const id = mine ? unb64(mine.id, 16) : randomBytes(16);
    const rev = (mine?.rev ?? 0) + 1;
    const share = randomBytes(32);
    const keys = /** @type {NonNullable<typeof this.space>} */ (this.space).keys;
    const key = await answerKey(keys.answer, share, ref, session.id);
    const fields = await this.fields(ref, id, session.id, rev);
    const about = { question: question.id, asked: question.text };
    const box = await sealJson(key, ANSWER, fields, {
      type: "answer",
      at: now(),
      ...about,
      ...said,
    });
    const tag = await makeTag(session.opened.authorTag, aad(ANSWER, fields), box);
    return { id: b64(id), rev, share: b64(share), box: b64(box), tag: b64(tag), quiet };
  }

  /** Withdraw one's answer, or after the reveal erase it. @param {string} question */
  async takeBack(question) {
    const ref = await this.refOf(question);
    const rev = (this.pairs.get(ref)?.mine?.rev ?? 0) + 1;
    this.take(await this.app.api.delete(`/talk/answers/${ref}`, { rev }));
  }

  /** Let one's answer be read without the other's. @param {string} question */
  async openAlone(question) {
    const ref = await this.refOf(question);
    this.take(await this.app.api.post(`/talk/answers/${ref}/opening`, {}));
  }

  /** @param {WirePair} pair */
  take(pair) {
    this.pairs.set(pair.ref, pair);
    this.dispatchEvent(new Event("changed"));
    if (this.asking) void this.load().catch(() => {}); // what is on its way may be older
  }

  /**
   * @param {WirePair} pair
   * @param {WirePair["theirs"]} answer
   * @returns {Promise<Opened>} `space`: one that has ended
   */
  async open(pair, answer, space = this.space) {
    const { session } = this.app;
    if (!answer || !("box" in answer)) return { said: null, forged: false };
    const known = [session.known.id, space ? b64(space.partner) : ""];
    if (!space || !known.includes(answer.author)) return { said: null, forged: false };
    const ref = unb64(pair.ref, 16);
    const author = unb64(answer.author, 16);
    const box = unb64(answer.box);
    try {
      const key = await answerKey(space.keys.answer, unb64(answer.share, 32), ref, author);
      const fields = await this.fields(ref, unb64(answer.id, 16), author, answer.rev, space);
      const said = /** @type {Said} */ (await openJson(key, ANSWER, fields, box));
      const mine = answer.author === session.known.id;
      const { authorTag } = session.opened;
      const tag = unb64(answer.tag, 32);
      const forged = mine && !(await checkTag(authorTag, aad(ANSWER, fields), box, tag));
      return { said, forged };
    } catch {
      return { said: null, forged: false };
    }
  }
}
