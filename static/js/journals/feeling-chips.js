/** Choosing feelings: nouns to tap, each with one true sentence, and a word of the person's own. */

import { clone, fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { feelings, feelingWord } from "../content/feelings.js";

/**
 * @param {HTMLElement} root
 * @param {string[]} chosen
 * @param {(chosen: string[]) => void} changed
 */
export function mountFeelingChips(root, chosen, changed) {
  const now = new Set(chosen);
  const list = part(root, "chips");
  /**
   * @param {string} id
   * @param {string} word
   * @param {string} sentence
   */
  const chip = (id, word, sentence) => {
    const item = clone("feeling-chip");
    const button = part(item, "feeling");
    button.textContent = word;
    button.setAttribute("aria-pressed", String(now.has(id)));
    button.addEventListener("click", () => {
      if (now.has(id)) now.delete(id);
      else now.add(id);
      button.setAttribute("aria-pressed", String(now.has(id)));
      fill(root, { sentence: now.has(id) ? sentence : "" });
      changed([...now]);
    });
    return item;
  };
  const known = feelings();
  const own = [...now].filter((id) => !known.some((feeling) => feeling.id === id));
  list.replaceChildren(
    ...known.map(({ id, word, sentence }) => chip(id, word, sentence)),
    ...own.map((word) => chip(word, feelingWord(word), "")),
  );
  on(root, "own", "click", () => {
    setVisible(root, "own-box", true);
    input(root, "own-word").focus();
  });
  onSubmit(root, "own-box", async () => {
    const word = input(root, "own-word").value.trim();
    if (word && !now.has(word)) {
      now.add(word);
      list.append(chip(word, word, ""));
      changed([...now]);
    }
    input(root, "own-word").value = "";
    setVisible(root, "own-box", false);
    part(root, "own").focus();
  });
}
