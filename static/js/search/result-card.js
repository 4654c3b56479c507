/** A search result that is neither a note nor a letter: its text, and a link to its screen. */

import { PLAN_LISTS } from "../content/lists.js";
import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { locale, t } from "../ui/i18n.js";
import { searchableText } from "./search-index.js";
import { formatDay } from "../ui/format-date.js";

const LONG = 400; // characters; the complete text is on the result's own screen

/**
 * The path of the screen that shows each type.
 * @type {Record<string, (doc: Record<string, any>) => string>}
 */
const PLACES = {
  list: ({ thing }) => (PLAN_LISTS.includes(thing) ? "space/plan" : `space/lists/${thing}`),
  thread: ({ thing }) => `space/talk/question/${thing}`,
  matter: () => "space/talk/matters",
  way: () => "space/talk/ways",
  keepsake: () => "space/keepsakes",
  day: () => "space/days",
  ritual: () => "space/rituals",
  tree: () => "space/tree",
};

/**
 * Return the name of a type, or "" if there is none.
 * @param {string} type
 * @returns {string}
 */
export function typeName(type) {
  return Object.hasOwn(PLACES, type) || ["note", "letter"].includes(type)
    ? t(`find-type-${type}`)
    : "";
}

export class ResultCard {
  #app;
  #expanded;
  #source;

  /**
   * @param {import("../services.js").Services} app
   * @param {import("./search.js").Source} source
   */
  constructor(app, source) {
    this.#app = app;
    this.root = clone(source.entry.shared ? "found-ours" : "found-mine");
    this.#expanded = source.entry.shared;
    this.#source = source;
    if (!this.#expanded) on(this.root, "unfold", "click", () => this.#setExpanded(!this.#expanded));
  }

  /** Remove the card from the page. */
  close() {
    this.root.remove();
  }

  /** @param {import("./search.js").Source} source */
  update(source) {
    this.#source = source;
    const { root } = this;
    const app = this.#app;
    const { doc, entry, mine } = source;
    const path = PLACES[doc.type]?.(doc) ?? "";
    const leads = app.router.routes.some(([pattern]) => pattern.test(path));
    const words = searchableText(doc).join("\n");
    fill(root, {
      type: typeName(doc.type),
      date: formatDay(new Date(source.at).toISOString()),
      text: this.#expanded ? (words.length > LONG ? `${words.slice(0, LONG)}…` : words) : "",
    });
    if (entry.shared) {
      const who = mine ? t("you") : app.journals.nameOf(entry.author);
      fill(root, { who: t("ours-by", { who }) });
    }
    setVisible(root, "body", this.#expanded);
    setVisible(root, "place", this.#expanded && leads);
    /** @type {HTMLAnchorElement} */ (part(root, "place")).href = `/${locale()}/${path}`;
  }

  /** @param {boolean} open */
  #setExpanded(open) {
    this.#expanded = open;
    part(this.root, "unfold").setAttribute("aria-expanded", String(open));
    part(this.root, "unfold").textContent = t(open ? "fold" : "folded");
    this.update(this.#source);
  }
}
