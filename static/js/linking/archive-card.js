/** An entry of a space that has ended: folded, to be read, and its author's to take back. */

import { EntryCard } from "../journals/card.js";
import { on } from "../ui/dom.js";

export class ArchiveCard extends EntryCard {
  /**
   * @param {import("../app.js").App} app
   * @param {import("../journals/journal.js").Journal} archive
   * @param {import("../journals/journal.js").Entry} entry
   * @param {(card: ArchiveCard) => void} takeBack
   */
  constructor(app, archive, entry, takeBack) {
    super(app, plain(entry), "entry-archived");
    this.archive = archive;
    on(this.root, "take-back", "click", () => takeBack(this));
  }

  /** @override Nothing is changed or shown to anyone here. */
  wire() {}

  /** @override */
  showWays() {}

  /** @override */
  get journal() {
    return this.archive;
  }

  /** @override @param {import("../journals/journal.js").Entry} entry */
  update(entry) {
    super.update(plain(entry));
  }
}

/**
 * An entry with its words as one text, whatever type it is.
 * @param {import("../journals/journal.js").Entry} entry
 * @returns {import("../journals/journal.js").Entry}
 */
function plain(entry) {
  return entry.doc ? { ...entry, doc: { ...entry.doc, text: words(entry.doc) } } : entry;
}

/**
 * Every word of a document: title, text, the items of a list.
 * @param {Record<string, any>} doc
 * @returns {string}
 */
export function words({ title, text, items }) {
  const listed = Object.values(items ?? {}).filter((one) => one && !one.struck);
  return [title, text, ...listed.map((one) => one.text ?? one.title ?? one.name)]
    .filter((one) => typeof one === "string" && one !== "")
    .join("\n");
}
