/** Choosing a word: a preset one or the member's own, with its article. */

import { clone, fill, input, on, onSubmit, part, setVisible } from "../ui/dom.js";
import { whileReadOnly } from "../ui/form-state.js";
import { locale, t, errorMessage } from "../ui/i18n.js";
import { withArticle, interpolateNames } from "./grammar.js";

/** @typedef {import("./grammar.js").Word} Word */
/** @typedef {import("./naming.js").NameRole} What */

/**
 * Return the article forms of the page's language.
 * @returns {Omit<Word, "text" | "language">[]}
 */
function articleForms() {
  const plain = { article: false };
  if (locale() === "en") return [plain, { article: true }];
  if (locale() !== "es") return [plain];
  return [plain, { article: true, gender: "m" }, { article: true, gender: "f" }];
}

/**
 * @param {What} role
 * @returns {Word[]}
 */
function namePresets(role) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("naming-offers"));
  return [...template.content.querySelectorAll(`[data-what="${role}"]`)].map((element) => {
    const { article, gender } = /** @type {HTMLElement} */ (element).dataset;
    const word = {
      text: (element.textContent ?? "").trim(),
      article: article === "yes",
      language: locale(),
    };
    return gender === "m" || gender === "f" ? { ...word, gender } : word;
  });
}

/**
 * @param {HTMLElement} list
 * @param {string} text
 * @param {() => void} chosen
 */
function chip(list, text, chosen) {
  const item = clone("naming-chip");
  part(item, "word").textContent = text;
  on(item, "word", "click", chosen);
  list.append(item);
}

/**
 * @param {import("../services.js").Services} app
 * @param {What} role
 * @param {(id: string | null) => void} done receives the new word's id, or null if cancelled
 * @returns {HTMLElement}
 */
export function mountNameForm(app, role, done) {
  const root = clone("naming-form");
  const sentence = { some: t(`naming-${role}`, { who: "{who}" }), none: "" };
  const all = articleForms();
  let way = all[0];
  const add = async (/** @type {Omit<Word, "language">} */ word) => {
    try {
      done(await whileReadOnly(root, () => app.naming.add(role, word)));
    } catch (error) {
      fill(root, { trouble: errorMessage(error) });
      setVisible(root, "trouble", true);
    }
  };
  const offers = part(root, "offers");
  const known = app.naming.words(role).map((word) => word.text);
  for (const word of namePresets(role).filter(({ text }) => !known.includes(text))) {
    chip(offers, withArticle(word, locale()), () => void add(word));
  }
  const hear = () => {
    const text = input(root, "text").value.trim();
    const spoken = part(root, "ways");
    spoken.replaceChildren();
    setVisible(root, "ways-box", text !== "" && role !== "other");
    if (!text) return;
    for (const preset of all) {
      const item = clone("naming-chip");
      const button = part(item, "word");
      button.textContent = interpolateNames(
        sentence,
        [{ text, ...preset, language: locale() }],
        locale(),
      );
      button.setAttribute("aria-pressed", String(preset === way));
      button.addEventListener("click", () => {
        way = preset;
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
