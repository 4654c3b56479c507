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
    const reload = () => {
      this.map = null;
      journals.partnerNickname = "";
      if (session.state === "unlocked") void this.load().catch(() => {});
    };
    session.addEventListener("state", reload);
    reload();
  }

  /**
   * Load the words once. Without a connection there are none, and every sentence has a form
   * without.
   */
  async load() {
    const { individual } = this.#journals;
    const map = await LwwMap.fetch(individual, "words", "words");
    if (this.#journals.own !== individual) return;
    this.map = map;
    const changed = () => {
      // It is used like a name, and so begins with a capital letter.
      this.#journals.partnerNickname = capitalise(this.word("other")?.text ?? "");
      this.dispatchEvent(new Event("changed"));
    };
    individual.addEventListener("changed", changed);
    changed();
  }

  /**
   * @param {NameRole} role
   * @returns {Chosen[]}
   */
  words(role) {
    const all = this.map?.items ?? [];
    return all
      .filter((item) => item.what === role)
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
   * @param {"loss" | "other"} role
   * @returns {Chosen | null}
   */
  word(role) {
    return this.words(role).at(-1) ?? null;
  }

  /**
   * @param {NameRole} role
   * @param {Omit<Word, "language">} word
   * @returns {Promise<string>} its id
   */
  async add(role, word) {
    if (!this.map) await this.load();
    const map = /** @type {LwwMap} */ (this.map);
    const before = role === "who" ? [] : this.words(role);
    const id = await map.set({ what: role, ...word, language: locale() });
    for (const old of before) await map.remove(old.id);
    return id;
  }

  /** @param {string} id */
  async remove(id) {
    await this.map?.remove(id);
  }
}
