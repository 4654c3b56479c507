/**
 * A PIN for private entries on a device that both people can open. It protects only against
 * somebody who picks the device up: the keys stay in memory, and the Safety screen says so. After
 * five wrong codes the session locks, and the password is asked for. Dispatches "changed" when
 * private entries were hidden or shown.
 */

import { toBase64Url, equal, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { derivePasswordKeys } from "./password-kdf.js";

const KEY = "only-me";
const MAX_ATTEMPTS = 5;
export const MIN_CODE_LENGTH = 4;

/** @typedef {{ seed: string, check: string, wrong: number }} StoredCode */

export class PinLock extends EventTarget {
  #session;
  #unlocked = false;

  /** @param {import("./session.js").Session} session */
  constructor(session) {
    super();
    this.#session = session;
    session.addEventListener("state", () => (this.#unlocked = false));
  }

  /**
   * Return this member's code on this device.
   * @returns {StoredCode | null}
   */
  get code() {
    return read()[this.#session.me?.id ?? ""] ?? null;
  }

  get isLocked() {
    return this.code !== null && !this.#unlocked;
  }

  /**
   * Set a code; private entries stay visible for now.
   * @param {string} code
   */
  async setCode(code) {
    const seed = randomBytes(16);
    this.#unlocked = true;
    this.#save({ seed: toBase64Url(seed), check: await this.#derive(code, seed), wrong: 0 });
  }

  /** Remove the code. */
  removeCode() {
    this.#save(null);
  }

  /**
   * @param {string} code
   * @returns {Promise<boolean>} whether it is correct
   */
  async tryCode(code) {
    const kept = this.code;
    if (!kept) return true;
    const check = await this.#derive(code, fromBase64Url(kept.seed, 16));
    const right = equal(fromBase64Url(check), fromBase64Url(kept.check));
    const wrong = right ? 0 : kept.wrong + 1;
    this.#save({ ...kept, wrong: wrong % MAX_ATTEMPTS });
    if (right) this.unlock();
    else if (wrong >= MAX_ATTEMPTS) await this.#session.lock();
    return right;
  }

  /** Unlock, after the right code or the password. */
  unlock() {
    this.#unlocked = true;
    this.dispatchEvent(new Event("changed"));
  }

  lock() {
    if (!this.code || !this.#unlocked) return;
    this.#unlocked = false;
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * @param {string} code
   * @param {Uint8Array} seed
   */
  async #derive(code, seed) {
    return toBase64Url((await derivePasswordKeys(this.#session.account.login, code, seed)).authKey);
  }

  /** @param {StoredCode | null} code */
  #save(code) {
    const { [this.#session.account.id]: _, ...others } = read();
    localStorage.setItem(
      KEY,
      JSON.stringify(code ? { ...others, [this.#session.account.id]: code } : others),
    );
  }
}

/** @returns {Record<string, StoredCode>} */
function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
