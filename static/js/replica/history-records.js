/**
 * What this device has checked of each journal's history (protocol §19): one record, sealed (kind
 * 12) on devices that store anything, and held in memory on all. Runs without a DOM.
 */

import { concat, fromBase64Url, toBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";

const RECORD = new Uint8Array(16).fill(3); // one per account; 0 to 2 are other records
const LOCK = "shared-space/history"; // two tabs write to one record
const MAX_HEADS = 256; // of the newest places: a witness may be as old as that
const HEAD_BYTES = 32;

/**
 * The heads up to `place`, the newest last, none after a person chose to go on; the hash of the
 * entries that stood then; up to which place witnesses are passed over; and which doubt the person
 * has read.
 * @typedef {{ place: number, heads: Uint8Array[], stood: Uint8Array, over: number, read?: string
 *    }} HistoryRecord
 */

export class HistoryRecords {
  #session;
  #deviceStore;

  /** @type {Promise<Map<string, HistoryRecord>> | null} */
  #known = null;

  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   */
  constructor(session, deviceStore) {
    this.#session = session;
    this.#deviceStore = deviceStore;
  }

  reset() {
    this.#known = null;
  }

  /**
   * The records by the journals' ids. They are read before the first request, so that what another
   * tab checks meanwhile is not ahead of what this page is told.
   * @returns {Promise<Map<string, HistoryRecord>>}
   */
  load() {
    // A check may end after the page was locked: what cannot be read then is not kept.
    if (this.#session.state !== "unlocked") return Promise.resolve(new Map());
    this.#known ??= this.#read();
    return this.#known;
  }

  /**
   * @param {string} journal
   * @param {HistoryRecord} record
   */
  async save(journal, record) {
    const heads = record.heads.slice(-MAX_HEADS);
    const known = await this.load();
    known.set(journal, { ...record, heads });
    const session = this.#session;
    const deviceStore = this.#deviceStore;
    if (session.state !== "unlocked") return;
    const fields = this.#fields;
    const key = this.#key;
    const { data } = session.unlockedKeys; // the session may be locked by the time this is sealed
    await navigator.locks.request(LOCK, async () => {
      const stored = await this.#read(); // another tab may have written to it
      for (const [id, mine] of known) {
        const theirs = stored.get(id);
        const ahead = theirs && (theirs.over - mine.over || theirs.place - mine.place) > 0;
        if (!ahead) stored.set(id, mine);
      }
      const journals = Object.fromEntries([...stored].map(([id, one]) => [id, withText(one)]));
      const doc = { type: "history", at: new Date().toISOString(), journals };
      const box = await sealJson(data, Kind.LOCAL, fields, doc);
      await deviceStore.put("seen", key, toBase64Url(box));
    });
  }

  get #key() {
    return `${this.#session.account.id} history`;
  }

  get #fields() {
    const { id } = this.#session;
    return { scopeId: id, recordId: RECORD, authorId: id, rev: 0 };
  }

  /** @returns {Promise<Map<string, HistoryRecord>>} */
  async #read() {
    try {
      const session = this.#session;
      const fields = this.#fields;
      const box = fromBase64Url(await this.#deviceStore.get("seen", this.#key));
      const { journals } = await openJson(session.unlockedKeys.data, Kind.LOCAL, fields, box);
      return new Map(Object.entries(journals).map(([id, one]) => [id, withBytes(one)]));
    } catch {
      return new Map();
    }
  }
}

/** @param {HistoryRecord} record */
function withText({ heads, stood, ...rest }) {
  return { ...rest, heads: toBase64Url(concat(...heads)), stood: toBase64Url(stood) };
}

/**
 * @param {any} stored
 * @returns {HistoryRecord}
 */
function withBytes({ heads, stood, ...rest }) {
  const bytes = fromBase64Url(heads);
  const each = Array.from({ length: bytes.length / HEAD_BYTES }, (_, at) =>
    bytes.slice(at * HEAD_BYTES, (at + 1) * HEAD_BYTES),
  );
  return { ...rest, heads: each, stood: fromBase64Url(stood) };
}
