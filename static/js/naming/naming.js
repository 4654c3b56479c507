/**
 * One's own words: for who or what was lost (several, or none), for the loss, for the other.
 * They stand sealed in the individual journal; nobody is told of them. Says "changed".
 */

import { capitalise } from "./grammar.js";
import { LwwMap } from "../replica/lww-map.js";
import { locale } from "../ui/i18n.js";

/**
 * @typedef {import("./grammar.js").Word} Word
 * @typedef {"who" | "loss" | "other"} NameRole
 * @typedef {Word & { id: string }} Chosen
 */

export class Naming extends EventTarget {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../replica/journals.js").Journals} journals
   */
  constructor(session, journals) {
    super();
    this.session = session;
    this.journals = journals;
    /** @type {LwwMap | null} */
    this.map = null;
    const look = () => {
      this.map = null;
      journals.partnerNickname = "";
      if (session.state === "unlocked") void this.load().catch(() => {});
    };
    session.addEventListener("state", look);
    look();
  }

  /** Ask for them once; offline there are none, and every sentence has its form without. */
  async load() {
    const { individual } = this.journals;
    const thing = await LwwMap.fetch(individual, "words", "words");
    if (this.journals.own !== individual) return;
    this.map = thing;
    const changed = () => {
      // It stands where a name does, and begins with a capital letter as names do.
      this.journals.partnerNickname = capitalise(this.word("other")?.text ?? "");
      this.dispatchEvent(new Event("changed"));
    };
    individual.addEventListener("changed", changed);
    changed();
  }

  /**
   * @param {NameRole} what
   * @returns {Chosen[]}
   */
  words(what) {
    const all = this.map?.items ?? [];
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

  /**
   * @param {NameRole} what
   * @param {Omit<Word, "language">} word
   * @returns {Promise<string>} its id
   */
  async add(what, word) {
    if (!this.map) await this.load();
    const thing = /** @type {LwwMap} */ (this.map);
    const before = what === "who" ? [] : this.words(what);
    const id = await thing.set({ what, ...word, language: locale() });
    for (const old of before) await thing.remove(old.id);
    return id;
  }

  /** @param {string} id */
  async remove(id) {
    await this.map?.remove(id);
  }
}
