/**
 * The highest revision seen of each entry, so that an older copy is noticed (protocol §9).
 * Sealed on this device (kind 12) where it keeps anything, in memory everywhere.
 */

import { b64, unb64 } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";

const LOCAL = 0x12;
const RECORD = new Uint8Array(16); // one record for all of them, of this account
const KEEP_MS = 3000; // gathered before they are sealed

export class Seen {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../session/vault.js").Vault} vault
   */
  constructor(session, vault) {
    this.session = session;
    this.vault = vault;
    /** @type {Promise<Map<string, number>> | null} */
    this.revs = null;
    this.timer = 0;
  }

  forget() {
    this.revs = null;
    clearTimeout(this.timer);
    this.timer = 0;
  }

  get fields() {
    const { id } = this.session;
    return { scopeId: id, recordId: RECORD, authorId: id, rev: 0 };
  }

  /** @returns {Promise<Map<string, number>>} */
  async load() {
    const box = await this.vault.get("seen", this.session.known.id);
    if (!box) return new Map();
    try {
      const doc = await openJson(this.session.opened.data, LOCAL, this.fields, unb64(box));
      return new Map(Object.entries(doc.revs));
    } catch {
      return new Map();
    }
  }

  /**
   * Tell whether a revision is no older than the newest one seen, and remember it.
   * @param {string} id
   * @param {number} rev
   */
  async isNew(id, rev) {
    this.revs ??= this.load();
    const revs = await this.revs;
    const highest = revs.get(id) ?? 0;
    if (rev < highest) return false;
    if (rev > highest) {
      revs.set(id, rev);
      this.timer ||= window.setTimeout(() => void this.keep(revs), KEEP_MS);
    }
    return true;
  }

  /** @param {Map<string, number>} revs */
  async keep(revs) {
    this.timer = 0;
    if (this.session.state !== "open") return;
    const { id } = this.session.known; // it may be locked by the time this is sealed
    const doc = { type: "seen", at: new Date().toISOString(), revs: Object.fromEntries(revs) };
    const box = await sealJson(this.session.opened.data, LOCAL, this.fields, doc);
    await this.vault.put("seen", id, b64(box)).catch(() => {});
  }
}
