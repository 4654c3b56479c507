/**
 * "Stay signed in": non-extractable keys, and an encrypted copy of the last /me. The wrapped
 * account key and its seed are deliberately not stored, so that the device contains nothing against
 * which passwords could be tried offline.
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";

const KEYS = "account";
const ME = "me";
const RECORD = new Uint8Array(16).fill(1); // one record; all zeros is that of seen entries

/** @typedef {import("../net/types.js").Me} Me */
/** @typedef {import("../crypto/keys.js").AccountKeys} AccountKeys */
/** @typedef {{ id: string, keys: AccountKeys }} PersistedKeys */

export class PersistedSession {
  #deviceStore;

  /** @param {import("./device-store.js").DeviceStore} deviceStore */
  constructor(deviceStore) {
    this.#deviceStore = deviceStore;
  }

  /** @returns {Promise<PersistedKeys | null>} */
  async load() {
    return (await this.#deviceStore.get("keys", KEYS)) ?? null;
  }

  /**
   * Store the keys, and the last /me.
   * @param {Me} me
   * @param {AccountKeys} keys
   * @returns {Promise<boolean>} whether this device stores them; if not, nothing is stored
   */
  async save(me, keys) {
    if (await this.#deviceStore.put("keys", KEYS, { id: me.id, keys })) {
      await this.saveMe(me, keys);
      return true;
    }
    await this.clear();
    return false;
  }

  /**
   * Store the current /me.
   * @param {Me} me
   * @param {AccountKeys} keys
   */
  async saveMe(me, keys) {
    const doc = { type: "me", at: new Date().toISOString(), me: { ...me, seed: "", wrap: "" } };
    await this.#deviceStore.put(
      "keys",
      ME,
      toBase64Url(await sealJson(keys.data, Kind.LOCAL, fields(me.id), doc)),
    );
  }

  /**
   * Return the /me of the last time there was a connection.
   * @param {PersistedKeys} opening
   * @returns {Promise<Me | null>}
   */
  async loadMe({ id, keys }) {
    try {
      const box = fromBase64Url(await this.#deviceStore.get("keys", ME));
      return (await openJson(keys.data, Kind.LOCAL, fields(id), box)).me;
    } catch {
      return null;
    }
  }

  /** Delete the stored session. */
  clear() {
    return this.#deviceStore.clear("keys");
  }
}

/** @param {string} id */
function fields(id) {
  const own = fromBase64Url(id, 16);
  return { scopeId: own, recordId: RECORD, authorId: own, rev: 0 };
}
