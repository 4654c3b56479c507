/**
 * On a desktop, the list beside the journal's page: one line for each entry, which scrolls to it.
 * A private entry's line shows its day and nothing of its words.
 */

import { firstWords } from "../entries/first-words.js";
import { isTimeLocked } from "../replica/time-lock.js";
import { clone, fill, on } from "../ui/dom.js";
import { formatDay } from "../ui/format-date.js";
import { t } from "../ui/i18n.js";

/** @typedef {import("../replica/journal.js").Entry} Entry */

const WIDE = "(min-width: 60rem)"; // as in journals.css

export class JournalIndex {
  #list;
  #cardOf;
  /** @type {Entry[]} */
  #entries = [];
  #wide = matchMedia(WIDE);

  /**
   * @param {HTMLElement} list
   * @param {(id: string) => HTMLElement | undefined} cardOf the entry's card on the page
   * @param {AbortSignal} signal
   */
  constructor(list, cardOf, signal) {
    this.#list = list;
    this.#cardOf = cardOf;
    this.#wide.addEventListener("change", () => this.render(this.#entries), { signal });
  }

  /** @param {Entry[]} entries in reading order */
  render(entries) {
    this.#entries = entries;
    const shown = this.#wide.matches ? entries : []; // a phone has no room for it
    this.#list.replaceChildren(...shown.map((entry) => this.#line(entry)));
  }

  /** @param {Entry} entry */
  #line({ id, shared, doc }) {
    const root = clone(shared ? "index-ours" : "index-mine");
    const closed = isTimeLocked(doc);
    const words = shared && doc && !closed ? firstWords(String(doc.text ?? "")) : "";
    fill(root, {
      words: words || t(shared ? "both-of-us" : "only-me"),
      date: doc && !closed ? formatDay(doc.at) : "",
    });
    on(root, "jump", "click", () => {
      const card = this.#cardOf(id);
      card?.setAttribute("tabindex", "-1");
      card?.focus({ preventScroll: true });
      card?.scrollIntoView({ block: "start" });
    });
    return root;
  }
}
