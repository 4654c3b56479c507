/** Choosing a word: one that is on offer, or one's own, with how it is said. */

import { clone, fill, input, on, onSubmit, part, show } from "../ui/dom.js";
import { heldStill } from "../ui/sent.js";
import { language, say, sayError } from "../ui/sentences.js";
import { named, phrase } from "./grammar.js";

/** @typedef {import("./grammar.js").Word} Word */
/** @typedef {import("./naming.js").What} What */

/** The ways in which a word can be said here. @returns {Omit<Word, "text" | "language">[]} */
function ways() {
  const plain = { article: false };
  if (language() === "en") return [plain, { article: true }];
  if (language() !== "es") return [plain];
  return [plain, { article: true, gender: "m" }, { article: true, gender: "f" }];
}

/** @param {What} what @returns {Word[]} */
function offered(what) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("naming-offers"));
  return [...template.content.querySelectorAll(`[data-what="${what}"]`)].map((one) => {
    const { article, gender } = /** @type {HTMLElement} */ (one).dataset;
    const word = {
      text: (one.textContent ?? "").trim(),
      article: article === "yes",
      language: language(),
    };
    return gender === "m" || gender === "f" ? { ...word, gender } : word;
  });
}

/** @param {HTMLElement} list @param {string} text @param {() => void} chosen */
function chip(list, text, chosen) {
  const item = clone("naming-chip");
  part(item, "word").textContent = text;
  on(item, "word", "click", chosen);
  list.append(item);
}

/**
 * @param {import("../app.js").App} app
 * @param {What} what
 * @param {(id: string | null) => void} done with the new word's id, or null when none was wanted
 * @returns {HTMLElement}
 */
export function chooseWord(app, what, done) {
  const root = clone("naming-form");
  const sentence = { some: say(`naming-${what}`, { who: "{who}" }), none: "" };
  const all = ways();
  let way = all[0];
  const add = async (/** @type {Omit<Word, "language">} */ word) => {
    try {
      done(await heldStill(root, () => app.naming.add(what, word)));
    } catch (error) {
      fill(root, { trouble: sayError(error) });
      show(root, "trouble", true);
    }
  };
  const offers = part(root, "offers");
  const known = app.naming.words(what).map((word) => word.text);
  for (const word of offered(what).filter(({ text }) => !known.includes(text))) {
    chip(offers, named(word, language()), () => void add(word));
  }
  const hear = () => {
    const text = input(root, "text").value.trim();
    const spoken = part(root, "ways");
    spoken.replaceChildren();
    show(root, "ways-box", text !== "" && what !== "other");
    if (!text) return;
    for (const one of all) {
      const item = clone("naming-chip");
      const button = part(item, "word");
      button.textContent = phrase(sentence, [{ text, ...one, language: language() }], language());
      button.setAttribute("aria-pressed", String(one === way));
      button.addEventListener("click", () => {
        way = one;
        for (const other of spoken.querySelectorAll("button")) {
          other.setAttribute("aria-pressed", String(other === button));
        }
      });
      spoken.append(item);
    }
  };
  on(root, "text", "input", hear);
  onSubmit(root, "form", async () => {
    const text = input(root, "text").value.trim();
    if (!text) return input(root, "text").focus();
    await add({ text, ...way });
  });
  on(root, "not-now", "click", () => done(null));
  return root;
}
