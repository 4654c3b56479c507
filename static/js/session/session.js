/**
 * The authentication state machine: `out`, `locked` (signed in, no keys), `unlocked`. This is what
 * a person does: signing up and in, unlocking, locking, signing out, deleting everything.
 */

import { toBase64Url, randomBytes, wipe } from "../crypto/bytes.js";
import { accountKeys } from "../crypto/keys.js";
import { OwnWraps } from "./own-wraps.js";
import { PasswordProof } from "./password-proof.js";
import { SessionState } from "./session-state.js";

/**
 * @typedef {import("../net/types.js").Me} Me
 * @typedef {import("./password-proof.js").Progress} Progress
 * @typedef {import("./password-proof.js").Proven} Proven
 */

export class Session extends SessionState {
  #passwordProof;
  /** @type {Promise<void> | null} */
  #clearing = null;

  /**
   * @param {import("../net/api.js").Api} api
   * @param {import("./device-store.js").DeviceStore} deviceStore
   */
  constructor(api, deviceStore) {
    super(api, deviceStore);
    this.#passwordProof = new PasswordProof(api);
    /**
     * Callbacks that finish work before locking, while the keys are still here.
     * @type {Set<() => Promise<void>>}
     */
    this.beforeLock = new Set();
    this.wraps = new OwnWraps(deviceStore);
    api.onSignedOut = () => void this.onSessionEnded();
  }

  /**
   * Create an account.
   * @param {string} login
   * @param {string} password
   * @param {{ code?: string, invitation?: { id: string, auth: string } }} allowed
   * @param {Progress} progress
   */
  async signUp(login, password, allowed, progress) {
    const id = randomBytes(16);
    const accountKey = randomBytes(32);
    const wraps = await this.wraps.create(login, password, id, accountKey, progress);
    const me = await this.api.post("/accounts", {
      id: toBase64Url(id),
      login,
      ...wraps,
      ...allowed,
    });
    this.isNew = true;
    await this.unlockWith(me, accountKey);
  }

  /**
   * Sign in and unlock.
   * @param {string} login
   * @param {string} password
   * @param {Progress} progress
   */
  async signIn(login, password, progress) {
    const { me, accountKey } = await this.#passwordProof.signIn(login, password, progress);
    await this.unlockWith(me, accountKey);
  }

  /**
   * Unwrap the raw account key again, only to open or rewrap it, and return the proof of the
   * password for the server.
   * @param {string} password
   * @param {Progress} progress
   * @returns {Promise<Proven>} the caller wipes them
   * @throws {import("../crypto/keys.js").CannotOpenError} if the password is wrong
   * @throws {import("./own-wraps.js").OtherWrapError} if the server sent another wrap
   */
  unwrapWithPassword(password, progress) {
    const { account } = this;
    return this.wraps.explainFailure(
      account,
      this.#passwordProof.unwrap(account, password, progress),
    );
  }

  /**
   * Return the proof of the password that the server requires for sensitive requests.
   * @param {string} password
   * @param {Progress} progress
   * @returns {Promise<string>}
   */
  async authKeyFor(password, progress) {
    const { authKey, accountKey } = await this.unwrapWithPassword(password, progress);
    wipe(accountKey);
    return toBase64Url(authKey);
  }

  /**
   * @param {Me} me
   * @param {Uint8Array} accountKey wiped here
   */
  async unlockWith(me, accountKey) {
    this.setMe(me);
    this.keys = await accountKeys(accountKey);
    wipe(accountKey);
    await this.wraps.add(me);
    if ((await this.persisted.load())?.id !== me.id) await this.persisted.clear();
    await this.setState("unlocked");
    // in all other cases it was fetched just now
    if (this.snapshot?.me !== me) void this.refresh().catch(() => {});
  }

  /**
   * Store the non-extractable keys on this device; or stop storing them.
   * @param {boolean} stay
   * @returns {Promise<boolean>} whether it stays signed in: a device without room stores nothing
   */
  async stayOpen(stay) {
    if (stay) return this.persisted.save(this.account, this.unlockedKeys);
    await this.persisted.clear();
    return false;
  }

  /** Discard the keys; what is sealed on this device stays. */
  async lock() {
    if (this.state !== "unlocked") return;
    await this.#finishWork();
    await this.persisted.clear();
    await this.dropKeys();
  }

  async #finishWork() {
    await Promise.allSettled([...this.beforeLock].map((finish) => finish()));
  }

  /** Lock at once: discard the keys and everything that they opened; stored keys stay stored. */
  async dropKeys() {
    this.keys = null;
    this.spaces.clear();
    if (this.state === "unlocked") await this.setState("locked");
  }

  /** Sign out on this device. Sealed drafts stay for the next time. */
  async signOut() {
    await this.#finishWork();
    await this.api.delete("/session");
    await this.onSessionEnded();
  }

  /** End every session, this one last. */
  async signOutEverywhere() {
    await this.api.delete("/sessions");
    await this.signOut();
  }

  /** Sign out and delete everything on this device, unsent text too; then load the page anew. */
  async forgetDevice() {
    await this.api.delete("/device");
  }

  /**
   * Delete the account and all that was written, here too.
   * @param {string} authKey
   * @param {boolean} takeBack whether to delete it for the partner too
   */
  async deleteEverything(authKey, takeBack) {
    await this.api.deleteSlowly("/account", { authKey, takeBack });
    await this.deviceStore.clearAll(); // the server has sent the browser the same instruction
    await this.onSessionEnded();
  }

  /**
   * End the session, on this device or after it was ended elsewhere; concurrent calls share one
   * run.
   * @returns {Promise<void>}
   */
  onSessionEnded() {
    this.#clearing ??= this.#clear().finally(() => (this.#clearing = null));
    return this.#clearing;
  }

  async #clear() {
    if (this.state === "out") return;
    await this.#finishWork(); // it may have been ended elsewhere, in the middle of a recording
    await this.persisted.clear();
    this.me = this.snapshot = null;
    this.keys = null;
    this.offline = false;
    this.spaces.clear();
    await this.setState("out");
  }
}
