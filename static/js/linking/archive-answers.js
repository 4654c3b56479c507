/** The answers of a space that has ended: what was revealed, and one's own. */

import { answerRef, questionId } from "../crypto/answer.js";
import { b64 } from "../crypto/bytes.js";
import { card } from "../talk/pair.js";
import { questions } from "../talk/questions-data.js";
import { clone, fill, on, part, show } from "../ui/dom.js";
import { say } from "../ui/sentences.js";

/**
 * @typedef {import("../net/types.js").WirePair} WirePair
 * @typedef {import("../session/space-keys.js").OpenSpace} OpenSpace
 */

/**
 * @param {import("../app.js").App} app
 * @param {OpenSpace} space
 * @param {(pair: WirePair) => void} takeBack
 * @returns {Promise<HTMLElement[]>}
 */
export async function archivedAnswers(app, space, takeBack) {
  const { answers } = await app.api.get(`/archives/${b64(space.id)}/answers`);
  const asked = await questionsByRef(space);
  const draw = async (/** @type {WirePair} */ pair) => {
    const root = clone("archived-answers");
    fill(root, { question: asked.get(pair.ref) ?? say("archived-question-gone") });
    const { mine, theirs } = pair;
    const place = part(root, "answers");
    const head = say(pair.revealed ? "answer-yours" : mine?.open ? "answer-open" : "answer-sealed");
    if (mine) place.append(card(head, await app.answers.open(pair, mine, space)));
    if (theirs && "box" in theirs) {
      const name = say("answer-theirs", { name: space.name || say("someone") });
      place.append(card(name, await app.answers.open(pair, theirs, space)));
    }
    show(root, "take-back", mine !== null);
    on(root, "take-back", "click", () => takeBack(pair));
    return root;
  };
  return Promise.all(answers.map(draw));
}

/** @param {OpenSpace} space @returns {Promise<Map<string, string>>} */
async function questionsByRef({ keys }) {
  const refs = questions().map(async ({ id, text }) => {
    const ref = await answerRef(keys.root, await questionId(id));
    return /** @type {[string, string]} */ ([b64(ref), text]);
  });
  return new Map(await Promise.all(refs));
}
