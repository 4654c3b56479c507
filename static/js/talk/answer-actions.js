/** Which parts of a question's screen are shown in which state of the answers. */

import { setVisible } from "../ui/dom.js";

/**
 * @param {HTMLElement} root
 * @param {import("../net/types.js").WirePair | null} pair
 * @param {{ two: boolean, revealed: boolean, changing: boolean }} state `two`: there is a partner;
 *   `changing`: the member's own answer is being edited
 */
export function showAnswerActions(root, pair, { two, revealed, changing }) {
  const mine = revealed ? null : (pair?.mine ?? null);
  const settled = mine !== null && !changing;
  setVisible(root, "form", !settled && !revealed);
  for (const name of ["both-open", "give", "wordless", "quiet-box"])
    setVisible(root, name, two && !mine?.open);
  setVisible(root, "as-it-is", changing && mine !== null);
  setVisible(root, "mine-actions", settled);
  for (const name of ["change", "open-alone"]) setVisible(root, name, !mine?.open);
  setVisible(root, "erase", revealed && pair?.mine != null);
  setVisible(root, "ways", !revealed);
  setVisible(root, "not-this-question", mine === null);
}
