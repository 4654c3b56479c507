/** "Who is this for?": some, all or none of the member's own words, asked where it is needed. */

import { clone, on, part, setVisible } from "../ui/dom.js";
import { locale } from "../ui/i18n.js";
import { mountNameForm } from "./name-form.js";
import { withArticle } from "./grammar.js";

/** @typedef {import("./grammar.js").Word} Word */

/**
 * Return a word as it is stored inside an entry: complete, so that a reader needs no list of words.
 * @param {Word} word
 * @returns {Word}
 */
function toStoredWord({ text, article, gender, language: of }) {
  return { text, ...(article && { article }), ...(gender && { gender }), language: of };
}

/**
 * @param {Word} a
 * @param {Word} b
 */
const isSameWord = (a, b) => a.text === b.text && a.language === b.language;

/**
 * Render the question and its chips.
 * @param {HTMLElement} container
 * @param {import("../services.js").Services} app
 * @param {Word[]} chosen
 * @param {(chosen: Word[]) => void} changed
 */
export function mountRecipientPicker(container, app, chosen, changed) {
  const root = clone("whom");
  let now = [...chosen];
  const render = () => {
    const own = app.naming.words("who").map(toStoredWord);
    const words = [
      ...own,
      ...now.filter((word) => !own.some((chosenWord) => isSameWord(chosenWord, word))),
    ];
    const chips = words.map((word) => {
      const item = clone("naming-chip");
      const button = part(item, "word");
      button.textContent = withArticle(word, locale());
      const on = () => now.some((chosenWord) => isSameWord(chosenWord, word));
      button.setAttribute("aria-pressed", String(on()));
      button.addEventListener("click", () => {
        now = on() ? now.filter((chosenWord) => !isSameWord(chosenWord, word)) : [...now, word];
        button.setAttribute("aria-pressed", String(on()));
        changed(now);
      });
      return item;
    });
    part(root, "chips").replaceChildren(...chips);
  };
  on(root, "another", "click", () => {
    const form = mountNameForm(app, "who", (id) => {
      part(root, "form-place").replaceChildren();
      setVisible(root, "another", true);
      part(root, "another").focus();
      const word = app.naming.words("who").find((chosenWord) => chosenWord.id === id);
      if (word) changed((now = [...now, toStoredWord(word)]));
      render();
    });
    part(root, "form-place").replaceChildren(form);
    setVisible(root, "another", false);
    part(form, "text").focus();
  });
  render();
  container.replaceChildren(root);
}
