/**
 * The member's own words for the person or people who died (several, or none), for the loss, and
 * for the partner. They are sealed in the individual journal and shown to nobody else. Dispatches
 * "changed" when the words have changed.
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
  #journals;

  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../replica/journals.js").Journals} journals
   */
  constructor(session, journals) {
    super();
    this.#journals = journals;
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

  /**
   * Load the words once. Without a connection there are none, and every sentence has a form
   * without.
   */
  async load() {
    const { individual } = this.#journals;
    const thing = await LwwMap.fetch(individual, "words", "words");
    if (this.#journals.own !== individual) return;
    this.map = thing;
    const changed = () => {
      // It is used like a name, and so begins with a capital letter.
      this.#journals.partnerNickname = capitalise(this.word("other")?.text ?? "");
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
   * Return the one word for the loss or for the partner, if there is one.
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
