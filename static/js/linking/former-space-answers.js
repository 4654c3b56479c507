/** The answers of a space that has ended: revealed ones, and the member's own. */

import { answerRef, questionId } from "../crypto/answer.js";
import { toBase64Url } from "../crypto/bytes.js";
import { answerTopics } from "../content/matters.js";
import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { answerCard } from "../talk/answer-card-panel.js";

/**
 * @typedef {import("../net/types.js").WirePair} WirePair
 * @typedef {import("../session/space-keys.js").OpenSpace} OpenSpace
 */

/**
 * @param {import("../services.js").Services} app
 * @param {OpenSpace} space
 * @param {WirePair[]} answers
 * @param {(pair: WirePair) => void} takeBack
 * @param {AbortSignal} signal
 * @returns {Promise<HTMLElement[]>}
 */
export async function renderFormerAnswers(app, space, answers, takeBack, signal) {
  const asked = await questionsByRef(space);
  const render = async (/** @type {WirePair} */ pair) => {
    const root = clone("archived-answers");
    const { mine, theirs } = pair;
    const { said } = await app.answers.decrypt(pair, mine ?? theirs, space);
    const question = asked.get(pair.ref) || said?.asked; // an added matter is in no catalogue
    fill(root, { question: question || t("archived-question-gone") });
    const container = part(root, "answers");
    const head = t(pair.revealed ? "answer-yours" : mine?.open ? "answer-open" : "answer-sealed");
    if (mine)
      container.append(answerCard(head, await app.answers.decrypt(pair, mine, space), signal));
    if (theirs && "box" in theirs) {
      const name = t("answer-theirs", { name: space.name || t("someone") });
      container.append(answerCard(name, await app.answers.decrypt(pair, theirs, space), signal));
    }
    setVisible(root, "take-back", mine !== null);
    on(root, "take-back", "click", () => takeBack(pair));
    return root;
  };
  return Promise.all(answers.map(render));
}

/**
 * @param {OpenSpace} space
 * @returns {Promise<Map<string, string>>}
 */
async function questionsByRef({ keys }) {
  const refs = answerTopics().map(async ({ id, text }) => {
    const ref = await answerRef(keys.root, await questionId(id));
    return /** @type {[string, string]} */ ([toBase64Url(ref), text]);
  });
  return new Map(await Promise.all(refs));
}
