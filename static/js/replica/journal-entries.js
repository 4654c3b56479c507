/**
 * The entries of a journal that this page knows, and how each is opened. What fetches them is in
 * journal-reader.js. Runs without a DOM.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { Kind } from "../crypto/kinds.js";
import { EntryIndex } from "./entry-index.js";
import { openEntry } from "./open-entry.js";
import { writtenAt } from "./written-at.js";

/**
 * @typedef {import("../net/types.js").WireEntry} WireEntry
 * @typedef {import("./journal.js").Entry} Entry
 */

export class JournalEntries extends EventTarget {
  /**
   * @param {import("./journals.js").Journals} home
   * @param {{ id: Uint8Array, key: CryptoKey, names: CryptoKey, members: Uint8Array[],
   *   shared: boolean, writable: boolean }} whose `members`: those who write here,
   *   the signed-in one first
   */
  constructor(home, { id, key, names, members, shared, writable }) {
    super();
    this.journals = home;
    this.id = id;
    this.key = key;
    this.names = names;
    this.members = members;
    this.shared = shared;
    this.writable = writable;
    this.path = `/journals/${toBase64Url(id)}`;
    this.entries = new EntryIndex();
    /**
     * Checks that nothing is withheld; set by `Journals`.
     * @type {import("./journal-history.js").JournalHistory | null}
     */
    this.history = null;
  }

  get kind() {
    return this.shared ? Kind.SHARED_ENTRY : Kind.PRIVATE_ENTRY;
  }

  /**
   * @param {Uint8Array} recordId
   * @param {Uint8Array} authorId
   * @param {number} rev
   */
  fields(recordId, authorId, rev) {
    return { scopeId: this.id, recordId, authorId, rev };
  }

  /**
   * The entries, newest first by the time that their authors state.
   * @returns {Entry[]}
   */
  get list() {
    return [...this.entries.values()].sort((a, b) => writtenAt(b) - writtenAt(a));
  }

  /**
   * Decrypt one entry and store it, unless newer information about it has arrived since the
   * request.
   * @param {WireEntry} wire
   * @param {number} count the counter at the time of the request
   * @returns {Promise<Entry>}
   */
  async ingest(wire, count) {
    const entry = await this.decrypt(wire);
    const overtaken =
      ["older", "deleted"].includes(entry.trouble) &&
      this.journals.rollbackGuard.learnedSince(wire.id, count);
    await this.history?.learn(wire, entry.trouble ? null : entry.witness); // before it is there
    if (!overtaken) this.entries.set(wire.id, entry);
    return entry;
  }

  /**
   * @param {WireEntry} wire
   * @returns {Promise<Entry>}
   */
  decrypt(wire) {
    return openEntry(this, wire);
  }
}
