/**
 * Remembers on this device which wraps of the account key are authentic, so that the right cause is
 * reported when one does not open: the password may be wrong, or the server sent another wrap. Only
 * a hash of unguessable bytes is stored, which is of no use for guessing passwords.
 */

import { toBase64Url, randomBytes, sha256, utf8 } from "../crypto/bytes.js";
import { CannotOpenError } from "../crypto/envelope.js";
import { wrapAccountKey } from "../crypto/keys.js";
import { derivePasswordKeys } from "./password-kdf.js";
import { Kind } from "../crypto/kinds.js";

const KEY = "own wraps"; // a record in the store "seen", whose other keys are accounts' ids
const MAX_REMEMBERED = 8;

/**
 * The fields that a wrap is opened with.
 * @typedef {{ id: string, login: string, seed: string, wrap: string }} WrapRecord
 */

/** The server sent another wrap than the account's own: no password of the account opens it. */
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
  #deviceStore;

  /** @param {import("./device-store.js").DeviceStore} deviceStore */
  constructor(deviceStore) {
    this.#deviceStore = deviceStore;
  }

  /** @returns {Promise<string[]>} */
  async #all() {
    return (await this.#deviceStore.get("seen", KEY).catch(() => null)) ?? [];
  }

  /**
   * Remember a wrap that was made or opened on this device.
   * @param {WrapRecord} whole
   */
  async add(whole) {
    const wrapHash = await fingerprint(whole);
    const others = (await this.#all()).filter((other) => other !== wrapHash);
    await this.#deviceStore
      .put("seen", KEY, [wrapHash, ...others].slice(0, MAX_REMEMBERED))
      .catch(() => {});
  }

  /**
   * Seal an account key under a new password. Returns the fields that the server stores.
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
   * Open a wrap with a typed password.
   * @template T
   * @param {WrapRecord} whole the wrap that the server sent
   * @param {Promise<T>} opening
   * @returns {Promise<T>}
   * @throws {CannotOpenError} if the password is wrong
   * @throws {OtherWrapError} if the server sent a wrap that is unknown here
   */
  async explainFailure(whole, opening) {
    try {
      return await opening;
    } catch (error) {
      const known = await this.#all();
      const other = known.length > 0 && !known.includes(await fingerprint(whole));
      throw other && error instanceof CannotOpenError ? new OtherWrapError() : error;
    }
  }
}

/**
 * Open a wrap that the server sent after it had accepted the password: if that does not open, the
 * password is not the cause.
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
