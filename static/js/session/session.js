/**
 * The authentication state machine: `out`, `locked` (signed in, no keys), `unlocked`. Dispatches
 * "state" on transitions, "me" when the server has sent a new snapshot, and "unreachable" when the
 * server could not be reached.
 */

import { clock } from "../clock.js";
import { fromBase64Url, toBase64Url, randomBytes, wipe } from "../crypto/bytes.js";
import { accountKeys } from "../crypto/keys.js";
import { ApiError, InvalidResponseError } from "../net/api.js";
import { PersistedSession } from "./persisted-session.js";
import { OwnWraps } from "./own-wraps.js";
import { PasswordProof } from "./password-proof.js";
import { SpaceKeys } from "./space-keys.js";

/**
 * @typedef {import("../net/types.js").Me} Me
 * @typedef {import("../net/types.js").WireState} WireState
 * @typedef {import("../crypto/keys.js").AccountKeys} AccountKeys
 * @typedef {import("./password-proof.js").Progress} Progress
 * @typedef {import("./password-proof.js").Proven} Proven
 */

export class Session extends EventTarget {
  /**
   * @param {import("../net/api.js").Api} api
   * @param {import("./device-store.js").DeviceStore} deviceStore
   */
  constructor(api, deviceStore) {
    super();
    this.api = api;
    this.deviceStore = deviceStore;
    /** @type {"out" | "locked" | "unlocked"} */
    this.state = "out";
    /** @type {Me | null} */
    this.me = null;
    /**
     * The server's last snapshot of everything that a page shows.
     * @type {WireState | null}
     */
    this.snapshot = null;
    /** @type {AccountKeys | null} */
    this.keys = null;
    /** Whether /me could not be reached. Stored keys unlock the page all the same. */
    this.offline = false;
    /** Whether the account was made in this visit, for one-time introductions. */
    this.isNew = false;
    /** When this visit began, in milliseconds since 1970 by the shared clock. */
    this.unlockedAt = 0;
    this.passwordProof = new PasswordProof(api);
    /**
     * Callbacks that finish work before locking, while the keys are still here.
     * @type {Set<() => Promise<void>>}
     */
    this.beforeLock = new Set();
    this.persisted = new PersistedSession(deviceStore);
    this.wraps = new OwnWraps(deviceStore);
    this.spaces = new SpaceKeys(this);
    api.onSignedOut = () => void this.onSessionEnded();
    /** @type {Promise<void> | null} */
    this.clearing = null;
    /** @type {Promise<unknown>} */
    this.refreshing = Promise.resolve();
    /** @type {Promise<Me> | null} */
    this.nextRefresh = null;
  }

  /** The member's id, 16 bytes. */
  get id() {
    return fromBase64Url(this.account.id);
  }

  /**
   * The server's data about the member; only when signed in.
   * @returns {Me}
   */
  get account() {
    if (!this.me) throw new Error("nobody is signed in");
    return this.me;
  }

  /**
   * The keys; only when unlocked.
   * @returns {AccountKeys}
   */
  get unlockedKeys() {
    if (!this.keys) throw new Error("locked");
    return this.keys;
  }

  /** Find out whether this browser is signed in, and unlock with stored keys if there are any. */
  async restore() {
    await this.#fetchMe();
    const kept = await this.persisted.load();
    if (this.offline && kept) this.me = await this.persisted.loadMe(kept);
    if (this.me && kept?.id === this.me.id) this.keys = kept.keys;
    if (this.keys && !this.offline) await this.persisted.saveMe(this.account, this.keys);
    await this.setState(this.keys ? "unlocked" : this.me || this.offline ? "locked" : "out");
  }

  /** Ask the server which member is signed in. */
  async #fetchMe() {
    try {
      this.#setSnapshot(await this.api.get("/state"));
    } catch (error) {
      this.me = this.snapshot = null;
      this.offline = !(error instanceof ApiError && error.status === 401);
    }
  }

  /** Catch up after events may have been missed, or when the server may be reachable again. */
  async resync() {
    if (this.state === "unlocked") {
      await this.refresh().catch(() => this.dispatchEvent(new Event("unreachable")));
      return;
    }
    if (!this.offline) return;
    await this.#fetchMe();
    if (!this.offline) await this.setState(this.me ? "locked" : "out");
  }

  /** @param {"out" | "locked" | "unlocked"} state */
  async setState(state) {
    if (state === "unlocked") {
      await this.spaces.refresh();
      this.unlockedAt = clock.time;
    } else this.isNew = false;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  /**
   * Fetch the snapshot; dispatches "me" when it has arrived. A call made while a request is running
   * waits for the next one, because the running one may be older than what the caller has just
   * done.
   * @returns {Promise<Me>}
   */
  refresh() {
    const next = async () => {
      await this.refreshing.catch(() => {});
      this.nextRefresh = null;
      const answer = this.#refreshNow();
      this.refreshing = answer;
      return answer;
    };
    return (this.nextRefresh ??= next());
  }

  /**
   * Resolve when the running request has ended, successfully or not.
   * @returns {Promise<unknown>}
   */
  get settled() {
    return (this.nextRefresh ?? this.refreshing).catch(() => {});
  }

  /** @returns {Promise<Me>} */
  async #refreshNow() {
    this.#setSnapshot(await this.api.get("/state"));
    if (this.state === "unlocked") await this.spaces.refresh();
    if (this.keys && (await this.staysOpen())) await this.persisted.saveMe(this.account, this.keys);
    this.dispatchEvent(new Event("me"));
    return this.account;
  }

  /** @param {WireState} snapshot */
  #setSnapshot(snapshot) {
    this.#setMe(snapshot.me);
    this.snapshot = snapshot;
  }

  /**
   * @param {Me} me
   * @throws {InvalidResponseError} if the page is unlocked and this is another account
   */
  #setMe(me) {
    if (this.keys && this.me && this.me.id !== me.id)
      throw new InvalidResponseError("another account");
    this.me = me;
    this.offline = false;
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
    const made = await this.wraps.create(login, password, id, accountKey, progress);
    const me = await this.api.post("/accounts", {
      id: toBase64Url(id),
      login,
      ...made,
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
    const { me, accountKey } = await this.passwordProof.signIn(login, password, progress);
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
      this.passwordProof.unwrap(account, password, progress),
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
    this.#setMe(me);
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

  /** @returns {Promise<boolean>} */
  async staysOpen() {
    return (await this.persisted.load()) !== null;
  }

  /** Discard the keys; what is sealed on this device stays. */
  async lock() {
    if (this.state !== "unlocked") return;
    await Promise.allSettled([...this.beforeLock].map((finish) => finish()));
    await this.persisted.clear();
    this.keys = null;
    this.spaces.clear();
    await this.setState("locked");
  }

  /** Sign out on this device. Sealed drafts stay for the next time. */
  async signOut() {
    await Promise.allSettled([...this.beforeLock].map((finish) => finish()));
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
    this.clearing ??= this.clear().finally(() => (this.clearing = null));
    return this.clearing;
  }

  async clear() {
    if (this.state === "out") return;
    await this.persisted.clear();
    this.me = this.snapshot = null;
    this.keys = null;
    this.offline = false;
    this.spaces.clear();
    await this.setState("out");
  }
}
