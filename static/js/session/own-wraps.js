/**
 * Which wraps of the account key are known to be one's own on this device, so that the blame is
 * right when one does not open: the words may be wrong, or the server sent something else. Only a
 * hash is remembered, of bytes that nobody can guess; no words can be tried with it.
 */

import { toBase64Url, randomBytes, sha256, utf8 } from "../crypto/bytes.js";
import { CannotOpenError } from "../crypto/envelope.js";
import { wrapAccountKey } from "../crypto/keys.js";
import { derivePasswordKeys } from "./password-kdf.js";
import { Kind } from "../crypto/kinds.js";

const KEY = "own wraps"; // beside the records of "seen", which have accounts' ids
const MAX_REMEMBERED = 8;

/**
 * What a wrap is opened with.
 * @typedef {{ id: string, login: string, seed: string, wrap: string }} WrapRecord
 */

/** What the server sent as the account's key is not that: no words of one's own open it. */
export class OtherWrapError extends Error {
  error = "other-wrap";
}

/**
 * @param {WrapRecord} whole
 * @returns {Promise<string>}
 */
async function fingerprint({ id, login, seed, wrap }) {
  return toBase64Url(await sha256(utf8(JSON.stringify([id, login, seed, wrap]))));
}

export class OwnWraps {
  /** @param {import("./device-store.js").DeviceStore} deviceStore */
  constructor(deviceStore) {
    this.deviceStore = deviceStore;
  }

  /** @returns {Promise<string[]>} */
  async all() {
    return (await this.deviceStore.get("seen", KEY).catch(() => null)) ?? [];
  }

  /**
   * This one was made here, or has opened here.
   * @param {WrapRecord} whole
   */
  async add(whole) {
    const one = await fingerprint(whole);
    const others = (await this.all()).filter((other) => other !== one);
    await this.deviceStore
      .put("seen", KEY, [one, ...others].slice(0, MAX_REMEMBERED))
      .catch(() => {});
  }

  /**
   * Seal an account key under a new password: the parts that the server keeps.
   * @param {string} login
   * @param {string} password
   * @param {Uint8Array} id 16 bytes
   * @param {Uint8Array} accountKey 32 bytes
   * @param {(fraction: number | null) => void} progress
   */
  async create(login, password, id, accountKey, progress) {
    const seed = randomBytes(16);
    const { authKey, wrapKey } = await derivePasswordKeys(login, password, seed, progress);
    const wrap = toBase64Url(await wrapAccountKey(Kind.PASSWORD_WRAP, wrapKey, id, accountKey));
    await this.add({ id: toBase64Url(id), login, seed: toBase64Url(seed), wrap });
    return { kdfId: 2, seed: toBase64Url(seed), authKey: toBase64Url(authKey), wrap };
  }

  /**
   * Open a wrap with words that somebody has typed.
   * @template T
   * @param {WrapRecord} whole what the server sent
   * @param {Promise<T>} opening
   * @returns {Promise<T>}
   * @throws {CannotOpenError} when the words are not the right ones
   * @throws {OtherWrapError} when the server sent another wrap than any that is known here
   */
  async explainFailure(whole, opening) {
    try {
      return await opening;
    } catch (error) {
      const known = await this.all();
      const other = known.length > 0 && !known.includes(await fingerprint(whole));
      throw other && error instanceof CannotOpenError ? new OtherWrapError() : error;
    }
  }
}

/**
 * Open what the server sent after it had taken what was typed: when that does not open, it is not
 * because of the words.
 * @template T
 * @param {Promise<T>} opening
 * @returns {Promise<T>}
 * @throws {OtherWrapError}
 */
export async function expectToOpen(opening) {
  try {
    return await opening;
  } catch (error) {
    throw error instanceof CannotOpenError || error instanceof TypeError
      ? new OtherWrapError()
      : error;
  }
}
