/**
 * What lets this page open by itself on this device, only if asked: keys that no script can read
 * out, and what the server last said of us, sealed. The wrap of the account key and its seed stay
 * out of it, so that nobody can try words on a device that is not connected.
 */

import { b64, unb64 } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";

const KEYS = "account";
const ME = "me";
const LOCAL = 0x12;
const RECORD = new Uint8Array(16).fill(1); // one record, of this account; all zeros is the seen one

/** @typedef {import("../net/types.js").Me} Me */
/** @typedef {import("../crypto/keys.js").AccountKeys} AccountKeys */
/** @typedef {{ id: string, keys: AccountKeys }} Opening */

export class Kept {
  /** @param {import("./vault.js").Vault} vault */
  constructor(vault) {
    this.vault = vault;
  }

  /** @returns {Promise<Opening | null>} */
  async opening() {
    return (await this.vault.get("keys", KEYS)) ?? null;
  }

  /**
   * Keep the keys, and what is known of us.
   * @param {Me} me
   * @param {AccountKeys} keys
   * @returns {Promise<boolean>} whether this device keeps them; if not, nothing does
   */
  async keep(me, keys) {
    if (await this.vault.put("keys", KEYS, { id: me.id, keys })) {
      await this.remember(me, keys);
      return true;
    }
    await this.forget();
    return false;
  }

  /** Keep what is known of us now. @param {Me} me @param {AccountKeys} keys */
  async remember(me, keys) {
    const doc = { type: "me", at: new Date().toISOString(), me: { ...me, seed: "", wrap: "" } };
    await this.vault.put("keys", ME, b64(await sealJson(keys.data, LOCAL, fields(me.id), doc)));
  }

  /**
   * What was known of us when there was a connection.
   * @param {Opening} opening
   * @returns {Promise<Me | null>}
   */
  async me({ id, keys }) {
    try {
      const box = unb64(await this.vault.get("keys", ME));
      return (await openJson(keys.data, LOCAL, fields(id), box)).me;
    } catch {
      return null;
    }
  }

  /** Keep nothing any more. */
  forget() {
    return this.vault.clear("keys");
  }
}

/** @param {string} id */
function fields(id) {
  const own = unb64(id, 16);
  return { scopeId: own, recordId: RECORD, authorId: own, rev: 0 };
}
