/**
 * The decrypted entries of one journal, indexed by id and by the type inside their boxes, so that
 * finding the reminders among ten thousand entries does not require a scan. Runs without a DOM.
 * @typedef {import("./journal.js").Entry} Entry
 */

/** @extends {Map<string, Entry>} */
export class EntryIndex extends Map {
  /** @type {Map<string, Map<string, Entry>>} */
  #byType = new Map();

  /**
   * @override
   * @param {string} id
   * @param {Entry} entry
   */
  set(id, entry) {
    this.#unindex(id);
    const type = entry.doc?.type;
    if (type) {
      const same = this.#byType.get(type) ?? new Map();
      this.#byType.set(type, same.set(id, entry));
    }
    return super.set(id, entry);
  }

  /**
   * @override
   * @param {string} id
   */
  delete(id) {
    this.#unindex(id);
    return super.delete(id);
  }

  /** @override */
  clear() {
    this.#byType.clear();
    super.clear();
  }

  /**
   * Return the readable entries of these types, in no particular order.
   * @param {readonly string[]} types
   * @returns {Entry[]}
   */
  ofTypes(types) {
    return types.flatMap((type) => [...(this.#byType.get(type)?.values() ?? [])]);
  }

  /** @param {string} id */
  #unindex(id) {
    const type = this.get(id)?.doc?.type;
    if (type) this.#byType.get(type)?.delete(id);
  }
}
