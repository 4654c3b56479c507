/** Decrypts the answers of every space that the member is or was in, for the export. */

import { answerKey, answerRef, questionId } from "../crypto/answer.js";
import { toBase64Url, sha256, fromBase64Url } from "../crypto/bytes.js";
import { openJson } from "../crypto/envelope.js";
import { answerTopics, fitsTopic } from "../content/matters.js";
import { Kind } from "../crypto/kinds.js";

/** @typedef {import("../session/space-keys.js").OpenSpace} OpenSpace */
/** @typedef {import("../net/types.js").WirePair} WirePair */
/** @typedef {import("./export-archive.js").AnswerLine} AnswerLine */

/**
 * Yield the server's answers for every space, current or past.
 * @param {import("../services.js").Services} app
 * @returns {AsyncGenerator<{ space: OpenSpace, pairs: WirePair[] }>}
 */
export async function* answersBySpace({ api, session }) {
  const { active, archives } = session.spaces;
  if (active) yield { space: active, pairs: (await api.get("/talk/answers")).answers };
  for (const space of archives) {
    yield { space, pairs: (await api.get(`/archives/${toBase64Url(space.id)}/answers`)).answers };
  }
}

export class SpaceAnswers {
  #session;
  #space;
  #asked;

  /**
   * @param {import("../session/session.js").Session} session
   * @param {OpenSpace} space
   * @param {Map<string, { id: string, text: string }>} asked by the reference that pairs answers
   */
  constructor(session, space, asked) {
    this.#session = session;
    this.#space = space;
    this.#asked = asked;
  }

  /**
   * @param {import("../session/session.js").Session} session
   * @param {OpenSpace} space
   */
  static async create(session, space) {
    const asked = new Map();
    for (const topic of answerTopics()) {
      asked.set(toBase64Url(await answerRef(space.keys.root, await questionId(topic.id))), topic);
    }
    return new SpaceAnswers(session, space, asked);
  }

  /**
   * Decrypt the readable ones of the two answers to a question.
   * @param {WirePair} pair
   * @returns {Promise<{ line: AnswerLine, whole: boolean }>} not whole if one does not open
   */
  async open({ ref, mine, theirs }) {
    const question = this.#asked.get(ref);
    const { id, login } = this.#session.account;
    const people = { [id]: login, [toBase64Url(this.#space.partner)]: this.#space.name };
    /** @type {AnswerLine} */
    const line = {
      journal: toBase64Url(this.#space.id),
      question: question?.id ?? null,
      text: question?.text ?? "",
      answers: [],
    };
    let whole = true;
    for (const answer of [mine, theirs]) {
      if (!answer || !("box" in answer)) continue;
      const by = people[answer.author];
      const content = by === undefined ? null : await this.#decrypt(ref, answer);
      if (!content || by === undefined) whole = false;
      else {
        line.text ||= String(content.asked ?? ""); // a question that is no longer in the catalogue
        line.answers.push({
          id: answer.id,
          author: answer.author,
          by,
          mine: answer.author === id,
          said: content,
        });
      }
    }
    return { line, whole };
  }

  /**
   * @param {string} ref
   * @param {import("../net/types.js").WireAnswer} answer
   * @returns {Promise<Record<string, any> | null>}
   */
  async #decrypt(ref, { id, author, rev, share, box }) {
    try {
      const [where, who] = [fromBase64Url(ref, 16), fromBase64Url(author, 16)];
      const key = await answerKey(this.#space.keys.answer, fromBase64Url(share, 32), where, who);
      const context = await sha256(where);
      const fields = {
        scopeId: this.#space.id,
        recordId: fromBase64Url(id, 16),
        authorId: who,
        rev,
        context,
      };
      const content = await openJson(key, Kind.ANSWER, fields, fromBase64Url(box));
      return fitsTopic(content) ? content : null;
    } catch {
      return null;
    }
  }
}
