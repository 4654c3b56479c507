/**
 * Renders the two answers: the member's own, and the partner's once it may be read. Nothing of the
 * partner's is mentioned before the member has answered, except an answer that its author has
 * opened early, folded.
 */

import { fill, part, setVisible } from "../ui/dom.js";
import { t } from "../ui/i18n.js";
import { answerCard } from "./answer-card-panel.js";
import { partnerName } from "../entries/partner-name.js";

/** @typedef {import("./answer-store.js").WirePair} WirePair */

/**
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @param {WirePair | null} pair
 * @param {boolean} unfolded whether the partner's early opened answer is unfolded
 * @param {AbortSignal} signal aborted when it is rendered again
 */
export async function renderAnswerPair(root, app, pair, unfolded, signal) {
  const name = partnerName(app);
  const mine = pair?.mine ?? null;
  const theirs = pair?.theirs && "box" in pair.theirs ? pair.theirs : null;
  const folded = theirs !== null && !mine && !pair?.revealed && !unfolded;
  const cards = [];
  if (pair && mine) {
    const head = t(pair.revealed ? "answer-yours" : mine.open ? "answer-open" : "answer-sealed");
    cards.push(answerCard(head, await app.answers.decrypt(pair, mine), signal));
  }
  if (pair && theirs && !folded) {
    cards.push(
      answerCard(t("answer-theirs", { name }), await app.answers.decrypt(pair, theirs), signal),
    );
  }
  part(root, "answers").replaceChildren(...cards);
  fill(root, { "read-theirs": folded ? t("answer-to-read", { name }) : "" });
  setVisible(root, "theirs-open", folded);
  const waits = mine && !pair?.revealed && !theirs ? waitingKey(mine) : "";
  fill(root, { waiting: waits && t(waits, { name }) });
  setVisible(root, "waiting", waits !== "");
}

/** @param {NonNullable<WirePair["mine"]>} mine */
function waitingKey({ open, quiet }) {
  if (open) return "answer-waits-open";
  return quiet ? "answer-waits-quiet" : "answer-waits";
}
