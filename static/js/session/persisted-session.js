/**
 * "Stay signed in": keys that no script can extract, and an encrypted copy of the last /me. The
 * wrapped account key and its seed are deliberately not stored, so that whoever takes the device
 * has nothing against which words could be tried offline.
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";

const KEYS = "account";
const ME = "me";
const RECORD = new Uint8Array(16).fill(1); // one record, of this account; all zeros is the seen one

/** @typedef {import("../net/types.js").Me} Me */
/** @typedef {import("../crypto/keys.js").AccountKeys} AccountKeys */
/** @typedef {{ id: string, keys: AccountKeys }} PersistedKeys */

export class PersistedSession {
  /** @param {import("./device-store.js").DeviceStore} deviceStore */
  constructor(deviceStore) {
    this.deviceStore = deviceStore;
  }

  /** @returns {Promise<PersistedKeys | null>} */
  async load() {
    return (await this.deviceStore.get("keys", KEYS)) ?? null;
  }

  /**
   * Keep the keys, and what is known of us.
   * @param {Me} me
   * @param {AccountKeys} keys
   * @returns {Promise<boolean>} whether this device keeps them; if not, nothing does
   */
  async save(me, keys) {
    if (await this.deviceStore.put("keys", KEYS, { id: me.id, keys })) {
      await this.saveMe(me, keys);
      return true;
    }
    await this.clear();
    return false;
  }

  /**
   * Keep what is known of us now.
   * @param {Me} me
   * @param {AccountKeys} keys
   */
  async saveMe(me, keys) {
    const doc = { type: "me", at: new Date().toISOString(), me: { ...me, seed: "", wrap: "" } };
    await this.deviceStore.put(
      "keys",
      ME,
      toBase64Url(await sealJson(keys.data, Kind.LOCAL, fields(me.id), doc)),
    );
  }

  /**
   * What was known of us when there was a connection.
   * @param {PersistedKeys} opening
   * @returns {Promise<Me | null>}
   */
  async loadMe({ id, keys }) {
    try {
      const box = fromBase64Url(await this.deviceStore.get("keys", ME));
      return (await openJson(keys.data, Kind.LOCAL, fields(id), box)).me;
    } catch {
      return null;
    }
  }

  /** Keep nothing any more. */
  clear() {
    return this.deviceStore.clear("keys");
  }
}

/** @param {string} id */
function fields(id) {
  const own = fromBase64Url(id, 16);
  return { scopeId: own, recordId: RECORD, authorId: own, rev: 0 };
}
