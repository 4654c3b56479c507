/**
 * One's own words: for who or what was lost (several, or none), for the loss, for the other.
 * They stand sealed in the individual journal; nobody is told of them. Says "changed".
 */

import { begin } from "./grammar.js";
import { Thing } from "../journals/thing.js";
import { language } from "../ui/sentences.js";

/**
 * @typedef {import("./grammar.js").Word} Word
 * @typedef {"who" | "loss" | "other"} What
 * @typedef {Word & { id: string }} Chosen
 */

export class Naming extends EventTarget {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../journals/journals.js").Journals} journals
   */
  constructor(session, journals) {
    super();
    this.session = session;
    this.journals = journals;
    /** @type {Thing | null} */
    this.thing = null;
    const look = () => {
      this.thing = null;
      journals.ownWord = "";
      if (session.state === "open") void this.load().catch(() => {});
    };
    session.addEventListener("state", look);
    look();
  }

  /** Ask for them once; offline there are none, and every sentence has its form without. */
  async load() {
    const { individual } = this.journals;
    const thing = await Thing.of(individual, "words", "words");
    if (this.journals.own !== individual) return;
    this.thing = thing;
    const changed = () => {
      this.journals.ownWord = begin(this.word("other")?.text ?? ""); // it stands where a name does
      this.dispatchEvent(new Event("changed"));
    };
    individual.addEventListener("changed", changed);
    changed();
  }

  /** @param {What} what @returns {Chosen[]} */
  words(what) {
    const all = this.thing?.items ?? [];
    return all
      .filter((item) => item.what === what)
      .map(({ id, text, article, gender, language: of }) => ({
        id,
        text,
        article,
        gender,
        language: of,
      }));
  }

  /**
   * The one word for the loss or for the other, if there is one.
   * @param {"loss" | "other"} what
   * @returns {Chosen | null}
   */
  word(what) {
    return this.words(what).at(-1) ?? null;
  }

  /** @param {What} what @param {Omit<Word, "language">} word @returns {Promise<string>} its id */
  async add(what, word) {
    if (!this.thing) await this.load();
    const thing = /** @type {Thing} */ (this.thing);
    const before = what === "who" ? [] : this.words(what);
    const id = await thing.put({ what, ...word, language: language() });
    for (const old of before) await thing.strike(old.id);
    return id;
  }

  /** @param {string} id */
  async remove(id) {
    await this.thing?.strike(id);
  }
}
