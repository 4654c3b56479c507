/**
 * Proves a password: to this page by unwrapping the account key, and to the server by the derived
 * proof. Every reading of what was typed is tried (protocol §3).
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { CannotOpenError } from "../crypto/envelope.js";
import { unwrapAccountKey } from "../crypto/keys.js";
import { readings } from "../crypto/password.js";
import { ApiError } from "../net/api.js";
import { derivePasswordKeys } from "./password-kdf.js";
import { expectToOpen } from "./own-wraps.js";
import { Kind } from "../crypto/kinds.js";

/**
 * @typedef {import("../net/types.js").Me} Me
 * @typedef {(fraction: number | null) => void} Progress
 * @typedef {{ accountKey: Uint8Array, authKey: Uint8Array }} Proven 32 bytes each
 */

export class PasswordProof {
  #api;
  /**
   * Proofs that the server has refused. They are not sent again, because each would use up an
   * attempt.
   * @type {Set<string>}
   */
  #refused = new Set();

  /** @param {import("../net/api.js").Api} api */
  constructor(api) {
    this.#api = api;
  }

  /**
   * Sign in.
   * @param {string} login
   * @param {string} password as typed
   * @param {Progress} progress
   * @returns {Promise<{ me: Me, accountKey: Uint8Array }>} the caller wipes the key
   * @throws {import("./own-wraps.js").OtherWrapError} if the server accepted the password and sent
   *    another wrap
   */
  async signIn(login, password, progress) {
    const { seed } = await this.#api.post("/seed", { login });
    return firstThatOpens(password, async (reading, isLast) => {
      const { authKey, wrapKey } = await derivePasswordKeys(
        login,
        reading,
        fromBase64Url(seed, 16),
        progress,
      );
      const me = await this.#requestSession(login, toBase64Url(authKey), isLast);
      const opening = unwrapAccountKey(
        Kind.PASSWORD_WRAP,
        wrapKey,
        fromBase64Url(me.id),
        fromBase64Url(me.wrap),
      );
      return { me, accountKey: await expectToOpen(opening) };
    });
  }

  /**
   * @param {string} login
   * @param {string} authKey
   * @param {boolean} isLast
   * @returns {Promise<Me>}
   */
  async #requestSession(login, authKey, isLast) {
    if (!isLast && this.#refused.has(authKey)) throw new CannotOpenError();
    try {
      return await this.#api.post("/sessions", { login, authKey });
    } catch (error) {
      if (isRefusal(error)) this.#refused.add(authKey);
      throw error;
    }
  }

  /**
   * Unwrap the account key of the signed-in member.
   * @param {Me} me
   * @param {string} password as typed
   * @param {Progress} progress
   * @returns {Promise<Proven>} the caller wipes them
   */
  unwrap({ login, seed, id, wrap }, password, progress) {
    return firstThatOpens(password, async (reading) => {
      const { authKey, wrapKey } = await derivePasswordKeys(
        login,
        reading,
        fromBase64Url(seed, 16),
        progress,
      );
      return {
        authKey,
        accountKey: await unwrapAccountKey(
          Kind.PASSWORD_WRAP,
          wrapKey,
          fromBase64Url(id),
          fromBase64Url(wrap),
        ),
      };
    });
  }
}

/**
 * Try each reading in turn; only a refusal leads to the next one.
 * @template T
 * @param {string} typed
 * @param {(reading: string, isLast: boolean) => Promise<T>} open rejects when the reading is
 *    refused
 * @returns {Promise<T>} of the first reading that opens
 * @throws the refusal of the last reading, or immediately any other error
 */
async function firstThatOpens(typed, open) {
  const [first = typed, exact] = readings(typed);
  try {
    return await open(first, exact === undefined);
  } catch (error) {
    if (exact === undefined || !isRefusal(error)) throw error;
    return open(exact, true);
  }
}

/**
 * Whether an error says that the password is wrong.
 * @param {unknown} error
 */
function isRefusal(error) {
  return error instanceof CannotOpenError || (error instanceof ApiError && error.error === "wrong");
}
