/** An entry of a space that has ended: folded, readable, and copyable by its author. */

import { EntryCard } from "../entries/entry-card.js";
import { on } from "../ui/dom.js";

export class FormerSpaceCard extends EntryCard {
  #archive;

  /**
   * @param {import("../services.js").Services} app
   * @param {import("../replica/journal.js").Journal} archive
   * @param {import("../replica/journal.js").Entry} entry
   * @param {(card: FormerSpaceCard) => void} takeBack
   * @param {AbortSignal} signal
   */
  constructor(app, archive, entry, takeBack, signal) {
    super(app, withPlainText(entry), signal, "entry-archived");
    this.#archive = archive;
    on(this.root, "take-back", "click", () => takeBack(this));
  }

  /** @override Entries of a former space cannot be changed or shared. */
  wireActions() {}

  /** @override */
  showActions() {}

  /** @override */
  get journal() {
    return this.#archive;
  }

  /**
   * @override
   * @param {import("../replica/journal.js").Entry} entry
   */
  update(entry) {
    super.update(withPlainText(entry));
  }
}

/**
 * Return an entry with all its words as one text, whatever its type.
 * @param {import("../replica/journal.js").Entry} entry
 * @returns {import("../replica/journal.js").Entry}
 */
function withPlainText(entry) {
  return entry.doc ? { ...entry, doc: { ...entry.doc, text: textOf(entry.doc) } } : entry;
}

/**
 * Return every word of a document: title, text, the items of a list.
 * @param {Record<string, any>} doc
 * @returns {string}
 */
export function textOf({ title, text, items }) {
  const listed = Object.values(items ?? {}).filter((item) => item && !item.struck);
  return [title, text, ...listed.map((item) => item.text ?? item.title ?? item.name)]
    .filter((item) => typeof item === "string" && item !== "")
    .join("\n");
}
