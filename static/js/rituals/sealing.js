/**
 * Live payloads (protocol §5, kind 25): sealed under the space's key for what is live, each above
 * the last of its page load; what is not above is dropped. Knows no DOM.
 */

import { clock } from "../clock.js";
import { b64, randomBytes, unb64 } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";

const LIVE = 0x25;
const FRESH_MS = 10 * 60_000; // further from now than two clocks differ is an old one, told again

/**
 * @typedef {{ id: Uint8Array, key: CryptoKey }} Space
 * @typedef {{ author: string, record: string, rev: number, box: string }} Told
 */

export class LiveSeal {
  constructor() {
    this.record = randomBytes(16); // of this page load
    this.rev = 0;
    /** The last revision heard of each author's page loads. @type {Map<string, number>} */
    this.last = new Map();
  }

  /**
   * @param {Space} space @param {Uint8Array} author oneself, 16 bytes
   * @param {Record<string, any>} document
   */
  async seal({ id: scopeId, key }, author, document) {
    const rev = ++this.rev;
    const fields = { scopeId, recordId: this.record, authorId: author, rev };
    const box = await sealJson(key, LIVE, fields, { ...document, at: clock.date.toISOString() });
    return { record: b64(this.record), rev, box: b64(box) };
  }

  /**
   * @param {Space} space
   * @param {Told} told
   * @returns {Promise<Record<string, any> | null>} null for one's own, an old one, or one that does
   *    not open
   */
  async open({ id: scopeId, key }, { author, record, rev, box }) {
    const from = `${author}/${record}`;
    if (record === b64(this.record) || !this.above(from, rev)) return null;
    try {
      const fields = { scopeId, recordId: unb64(record, 16), authorId: unb64(author, 16), rev };
      const document = await openJson(key, LIVE, fields, unb64(box));
      const fresh = Math.abs(Date.parse(String(document.at)) - clock.time) < FRESH_MS;
      if (!fresh || !this.above(from, rev)) return null; // a later one may have opened meanwhile
      this.last.set(from, rev);
      return document;
    } catch {
      return null;
    }
  }

  /** @param {string} from @param {number} rev */
  above(from, rev) {
    return rev > (this.last.get(from) ?? 0);
  }
}
