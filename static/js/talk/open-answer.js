/** Opens the box of an answer (protocol §8). Runs without a DOM. */

import { fitsTopic } from "../content/matters.js";
import { answerKey } from "../crypto/answer.js";
import { checkTag } from "../crypto/author-tag.js";
import { fromBase64Url, sha256, toBase64Url } from "../crypto/bytes.js";
import { aad, openJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";

/**
 * @typedef {import("../net/types.js").WirePair} WirePair
 * @typedef {import("../session/space-keys.js").OpenSpace} OpenSpace
 * @typedef {import("./answer-store.js").AnswerContent} AnswerContent
 * @typedef {import("./answer-store.js").OpenedAnswer} OpenedAnswer
 */

/**
 * Return what the envelope of an answer is bound to.
 * @param {OpenSpace} space
 * @param {Uint8Array} ref
 * @param {Uint8Array} id
 * @param {Uint8Array} author
 * @param {number} rev
 */
export async function answerFields(space, ref, id, author, rev) {
  return { scopeId: space.id, recordId: id, authorId: author, rev, context: await sha256(ref) };
}

/**
 * @param {import("../session/session.js").Session} session
 * @param {OpenSpace | null} space
 * @param {WirePair} pair
 * @param {WirePair["theirs"]} answer
 * @returns {Promise<OpenedAnswer>}
 */
export async function openAnswer(session, space, pair, answer) {
  const closed = { said: null, forged: false };
  if (!answer || !("box" in answer) || !space) return closed;
  const me = session.account.id;
  if (![me, toBase64Url(space.partner)].includes(answer.author)) return closed;
  const ref = fromBase64Url(pair.ref, 16);
  const author = fromBase64Url(answer.author, 16);
  const box = fromBase64Url(answer.box);
  try {
    const key = await answerKey(space.keys.answer, fromBase64Url(answer.share, 32), ref, author);
    const id = fromBase64Url(answer.id, 16);
    const fields = await answerFields(space, ref, id, author, answer.rev);
    const content = /** @type {AnswerContent} */ (await openJson(key, Kind.ANSWER, fields, box));
    if (!fitsTopic(content)) return closed;
    const { authorTag } = session.unlockedKeys;
    const tag = fromBase64Url(answer.tag, 32);
    const forged =
      answer.author === me && !(await checkTag(authorTag, aad(Kind.ANSWER, fields), box, tag));
    return { said: content, forged };
  } catch {
    return closed;
  }
}
