/**
 * Live payloads (protocol §5, kind 25): sealed under the space's live key, with a revision above
 * the last one of this page load; others are dropped as replays. Runs without a DOM.
 */

import { clock } from "../clock.js";
import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";

const FRESH_MS = 10 * 60_000; // payloads that are older than clocks may differ are replays

/**
 * @typedef {{ id: Uint8Array, key: CryptoKey }} Space
 * @typedef {{ author: string, record: string, rev: number, box: string }} LivePayload
 */

export class LiveCipher {
  #record;
  #rev = 0;
  /**
   * The highest revision received from each author's page loads.
   * @type {Map<string, number>}
   */
  #highest = new Map();

  constructor() {
    this.#record = randomBytes(16); // per page load
  }

  /**
   * @param {Space} space
   * @param {Uint8Array} author this member, 16 bytes
   * @param {Record<string, any>} document
   */
  async seal({ id: scopeId, key }, author, document) {
    const rev = ++this.#rev;
    const fields = { scopeId, recordId: this.#record, authorId: author, rev };
    const box = await sealJson(key, Kind.LIVE, fields, {
      ...document,
      at: clock.date.toISOString(),
    });
    return { record: toBase64Url(this.#record), rev, box: toBase64Url(box) };
  }

  /**
   * @param {Space} space
   * @param {LivePayload} told
   * @returns {Promise<Record<string, any> | null>} null for the member's own, a replay, or
   *   one that does not open
   */
  async open({ id: scopeId, key }, { author, record, rev, box }) {
    const from = `${author}/${record}`;
    if (record === toBase64Url(this.#record) || !this.#isNewer(from, rev)) return null;
    try {
      const fields = {
        scopeId,
        recordId: fromBase64Url(record, 16),
        authorId: fromBase64Url(author, 16),
        rev,
      };
      const document = await openJson(key, Kind.LIVE, fields, fromBase64Url(box));
      const fresh = Math.abs(Date.parse(String(document.at)) - clock.time) < FRESH_MS;
      // a later one may have been opened meanwhile
      if (!fresh || !this.#isNewer(from, rev)) return null;
      this.#highest.set(from, rev);
      return document;
    } catch {
      return null;
    }
  }

  /**
   * @param {string} from
   * @param {number} rev
   */
  #isNewer(from, rev) {
    return rev > (this.#highest.get(from) ?? 0);
  }
}
