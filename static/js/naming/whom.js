/** "Who is this for?": one, some, all or none of one's own words, asked where it is needed. */

import { clone, on, part, show } from "../ui/dom.js";
import { language } from "../ui/sentences.js";
import { chooseWord } from "./choosing.js";
import { named } from "./grammar.js";

/** @typedef {import("./grammar.js").Word} Word */

/**
 * Words as they travel inside an entry, whole: whoever reads it there needs no list.
 * @param {Word} word
 * @returns {Word}
 */
function whole({ text, article, gender, language: of }) {
  return { text, ...(article && { article }), ...(gender && { gender }), language: of };
}

/** @param {Word} one @param {Word} other */
const same = (one, other) => one.text === other.text && one.language === other.language;

/**
 * Fill a place with the question and its chips.
 * @param {HTMLElement} place
 * @param {import("../app.js").App} app
 * @param {Word[]} chosen
 * @param {(chosen: Word[]) => void} changed
 */
export function askWhom(place, app, chosen, changed) {
  const root = clone("whom");
  let now = [...chosen];
  const draw = () => {
    const own = app.naming.words("who").map(whole);
    const words = [...own, ...now.filter((word) => !own.some((one) => same(one, word)))];
    const chips = words.map((word) => {
      const item = clone("naming-chip");
      const button = part(item, "word");
      button.textContent = named(word, language());
      const on = () => now.some((one) => same(one, word));
      button.setAttribute("aria-pressed", String(on()));
      button.addEventListener("click", () => {
        now = on() ? now.filter((one) => !same(one, word)) : [...now, word];
        button.setAttribute("aria-pressed", String(on()));
        changed(now);
      });
      return item;
    });
    part(root, "chips").replaceChildren(...chips);
  };
  on(root, "another", "click", () => {
    const form = chooseWord(app, "who", (id) => {
      part(root, "form-place").replaceChildren();
      show(root, "another", true);
      part(root, "another").focus();
      const word = app.naming.words("who").find((one) => one.id === id);
      if (word) changed((now = [...now, whole(word)]));
      draw();
    });
    part(root, "form-place").replaceChildren(form);
    show(root, "another", false);
    part(form, "text").focus();
  });
  draw();
  place.replaceChildren(root);
}
