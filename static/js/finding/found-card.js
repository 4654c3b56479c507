/**
 * Something found that is neither a note nor a letter: its words, and the way to where it stands.
 */

import { day } from "../journals/card.js";
import { clone, fill, on, part, show } from "../ui/dom.js";
import { language, say } from "../ui/sentences.js";
import { wordsOf } from "./index.js";

const LONG = 400; // characters; the whole of it is where it stands

/** Where each type stands. @type {Record<string, (doc: Record<string, any>) => string>} */
const PLACES = {
  list: ({ thing }) => `space/lists/${thing}`,
  thread: ({ thing }) => `space/talk/question/${thing}`,
  way: () => "space/talk/ways",
  keepsake: () => "space/keepsakes",
  day: () => "space/days",
  ritual: () => "space/rituals",
  tree: () => "space/tree",
};

/**
 * What a type is called here, or "" when there is no word for it.
 * @param {string} type
 * @returns {string}
 */
export function typeName(type) {
  return Object.hasOwn(PLACES, type) || ["note", "letter"].includes(type)
    ? say(`find-type-${type}`)
    : "";
}

export class FoundCard {
  /** @param {import("../app.js").App} app @param {import("./finding.js").Source} source */
  constructor(app, source) {
    this.app = app;
    this.root = clone(source.entry.shared ? "found-ours" : "found-mine");
    this.open = source.entry.shared;
    this.source = source;
    if (!this.open) on(this.root, "unfold", "click", () => this.fold(!this.open));
  }

  /** @param {import("./finding.js").Source} source */
  update(source) {
    this.source = source;
    const { app, root } = this;
    const { doc, entry, mine } = source;
    const place = PLACES[doc.type]?.(doc) ?? "";
    const leads = app.router.routes.some(([pattern]) => pattern.test(place));
    const words = wordsOf(doc).join("\n");
    fill(root, {
      type: typeName(doc.type),
      date: day(new Date(source.at).toISOString()),
      text: this.open ? (words.length > LONG ? `${words.slice(0, LONG)}…` : words) : "",
    });
    if (entry.shared) {
      const who = mine ? say("you") : app.journals.nameOf(entry.author);
      fill(root, { who: say("ours-by", { who }) });
    }
    show(root, "body", this.open);
    show(root, "place", this.open && leads);
    /** @type {HTMLAnchorElement} */ (part(root, "place")).href = `/${language()}/${place}`;
  }

  /** @param {boolean} open */
  fold(open) {
    this.open = open;
    part(this.root, "unfold").setAttribute("aria-expanded", String(open));
    part(this.root, "unfold").textContent = say(open ? "fold" : "folded");
    this.update(this.source);
  }
}
