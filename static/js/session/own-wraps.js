/**
 * Which wraps of the account key are known to be one's own on this device, so that the blame is
 * right when one does not open: the words may be wrong, or the server sent something else. Only a
 * hash is remembered, of bytes that nobody can guess; no words can be tried with it.
 */

import { b64, randomBytes, sha256, utf8 } from "../crypto/bytes.js";
import { CannotOpen } from "../crypto/envelope.js";
import { wrapAccountKey } from "../crypto/keys.js";
import { keysOf } from "./kdf.js";

const KEY = "own wraps"; // beside the records of "seen", which have accounts' ids
const MOST = 8;

/**
 * @typedef {{ id: string, login: string, seed: string, wrap: string }} Whole what a wrap is opened
 *   with
 */

/** What the server sent as the account's key is not that: no words of one's own open it. */
export class OtherWrap extends Error {
  error = "other-wrap";
}

/** @param {Whole} whole @returns {Promise<string>} */
async function print({ id, login, seed, wrap }) {
  return b64(await sha256(utf8(JSON.stringify([id, login, seed, wrap]))));
}

export class OwnWraps {
  /** @param {import("./vault.js").Vault} vault */
  constructor(vault) {
    this.vault = vault;
  }

  /** @returns {Promise<string[]>} */
  async all() {
    return (await this.vault.get("seen", KEY).catch(() => null)) ?? [];
  }

  /** This one was made here, or has opened here. @param {Whole} whole */
  async add(whole) {
    const one = await print(whole);
    const others = (await this.all()).filter((other) => other !== one);
    await this.vault.put("seen", KEY, [one, ...others].slice(0, MOST)).catch(() => {});
  }

  /**
   * Seal an account key under a new password: the parts that the server keeps.
   * @param {string} login
   * @param {string} password
   * @param {Uint8Array} id 16 bytes
   * @param {Uint8Array} accountKey 32 bytes
   * @param {(fraction: number | null) => void} progress
   */
  async make(login, password, id, accountKey, progress) {
    const seed = randomBytes(16);
    const { authKey, wrapKey } = await keysOf(login, password, seed, progress);
    const wrap = b64(await wrapAccountKey(0x01, wrapKey, id, accountKey));
    await this.add({ id: b64(id), login, seed: b64(seed), wrap });
    return { kdfId: 2, seed: b64(seed), authKey: b64(authKey), wrap };
  }

  /**
   * Open a wrap with words that somebody has typed.
   * @template T
   * @param {Whole} whole what the server sent
   * @param {Promise<T>} opening
   * @returns {Promise<T>}
   * @throws {CannotOpen} when the words are not the right ones
   * @throws {OtherWrap} when the server sent another wrap than any that is known here
   */
  async open(whole, opening) {
    try {
      return await opening;
    } catch (error) {
      const known = await this.all();
      const other = known.length > 0 && !known.includes(await print(whole));
      throw other && error instanceof CannotOpen ? new OtherWrap() : error;
    }
  }
}

/**
 * Open what the server sent after it had taken what was typed: when that does not open, it is not
 * because of the words.
 * @template T
 * @param {Promise<T>} opening
 * @returns {Promise<T>}
 * @throws {OtherWrap}
 */
export async function accepted(opening) {
  try {
    return await opening;
  } catch (error) {
    throw error instanceof CannotOpen || error instanceof TypeError ? new OtherWrap() : error;
  }
}
