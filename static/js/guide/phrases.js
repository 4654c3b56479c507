/** Words for hard moments: each is copied with one tap, or selected where there is no clipboard. */

import { on, part, setVisible } from "../ui/dom.js";
import { showToast } from "../ui/toast.js";
import { t } from "../ui/i18n.js";

/**
 * Find the phrases of a page; the text that is copied is the text that is shown.
 * @param {ParentNode} root
 * @returns {{ card: Element, words: HTMLElement, text: string }[]}
 */
export function phrases(root) {
  return [...root.querySelectorAll(".card:has(.phrase)")].map((card) => {
    const words = part(card, "phrase");
    return { card, words, text: words.textContent ?? "" };
  });
}

/** @param {ParentNode} root */
export function mountCopyButtons(root) {
  for (const { card, words, text } of phrases(root)) {
    setVisible(card, "copy", true);
    on(card, "copy", "click", () => void copy(words, text));
  }
}

/**
 * @param {HTMLElement} words
 * @param {string} text
 */
async function copy(words, text) {
  try {
    await navigator.clipboard.writeText(text); // the clipboard exists only on https and localhost
    showToast(t("phrase-copied"));
  } catch {
    getSelection()?.selectAllChildren(words);
    showToast(t("phrase-marked"));
  }
}
