/**
 * The authentication state machine: `out`, `locked` (signed in, no keys), `unlocked`.
 * Says "state" when that changes, "me" when the server has said how everything stands, and
 * "unreachable" when it could not be asked.
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
     * What the server said last of all that a page shows.
     * @type {WireState | null}
     */
    this.snapshot = null;
    /** @type {AccountKeys | null} */
    this.keys = null;
    /**
     * Whether /me could not be reached. Persisted keys unlock the page all the same.
     */
    this.offline = false;
    /** Whether the account was made in this visit: what is told once is told now. */
    this.isNew = false;
    /** When this visit began, in milliseconds since 1970 by the shared clock. */
    this.unlockedAt = 0;
    this.passwordProof = new PasswordProof(api);
    /**
     * What is brought to an end while the keys are still here.
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
   * What the server knows of us; only when signed in.
   * @returns {Me}
   */
  get account() {
    if (!this.me) throw new Error("nobody is signed in");
    return this.me;
  }

  /**
   * The keys; only when open.
   * @returns {AccountKeys}
   */
  get unlockedKeys() {
    if (!this.keys) throw new Error("locked");
    return this.keys;
  }

  /** Find out whether this browser is signed in, and open with kept keys if there are any. */
  async restore() {
    await this.fetchMe();
    const kept = await this.persisted.load();
    if (this.offline && kept) this.me = await this.persisted.loadMe(kept);
    if (this.me && kept?.id === this.me.id) this.keys = kept.keys;
    if (this.keys && !this.offline) await this.persisted.saveMe(this.account, this.keys);
    await this.setState(this.keys ? "unlocked" : this.me || this.offline ? "locked" : "out");
  }

  /** Ask who is here. */
  async fetchMe() {
    try {
      this.setSnapshot(await this.api.get("/state"));
    } catch (error) {
      this.me = this.snapshot = null;
      this.offline = !(error instanceof ApiError && error.status === 401);
    }
  }

  /** Something may have changed unheard, or the server can be asked again by now. */
  async resync() {
    if (this.state === "unlocked") {
      await this.refresh().catch(() => this.dispatchEvent(new Event("unreachable")));
      return;
    }
    if (!this.offline) return;
    await this.fetchMe();
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
   * Ask the server how everything stands; says "me" when it is known. Whoever asks while an answer
   * is on its way waits for the next one, as that may be older than what they have just done.
   * @returns {Promise<Me>}
   */
  refresh() {
    const next = async () => {
      await this.refreshing.catch(() => {});
      this.nextRefresh = null;
      const answer = this.refreshNow();
      this.refreshing = answer;
      return answer;
    };
    return (this.nextRefresh ??= next());
  }

  /**
   * Resolves when what is being asked is known, or cannot be.
   * @returns {Promise<unknown>}
   */
  get settled() {
    return (this.nextRefresh ?? this.refreshing).catch(() => {});
  }

  /** @returns {Promise<Me>} */
  async refreshNow() {
    this.setSnapshot(await this.api.get("/state"));
    if (this.state === "unlocked") await this.spaces.refresh();
    if (this.keys && (await this.staysOpen())) await this.persisted.saveMe(this.account, this.keys);
    this.dispatchEvent(new Event("me"));
    return this.account;
  }

  /** @param {WireState} snapshot */
  setSnapshot(snapshot) {
    this.setMe(snapshot.me);
    this.snapshot = snapshot;
  }

  /**
   * @param {Me} me
   * @throws {InvalidResponseError} when the page is unlocked and this is another account
   */
  setMe(me) {
    if (this.keys && this.me && this.me.id !== me.id)
      throw new InvalidResponseError("another account");
    this.me = me;
    this.offline = false;
  }

  /**
   * Make an account.
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
   * Sign in and open.
   * @param {string} login
   * @param {string} password
   * @param {Progress} progress
   */
  async signIn(login, password, progress) {
    const { me, accountKey } = await this.passwordProof.signIn(login, password, progress);
    await this.unlockWith(me, accountKey);
  }

  /**
   * Unwrap the raw account key afresh, only to open or to wrap it again; and make what shows the
   * server that the password is known.
   * @param {string} password
   * @param {Progress} progress
   * @returns {Promise<Proven>} the caller wipes them
   * @throws {import("../crypto/keys.js").CannotOpenError} when the words are not the right ones
   * @throws {import("./own-wraps.js").OtherWrapError} when the server sent another wrap
   */
  unwrapWithPassword(password, progress) {
    const { account } = this;
    return this.wraps.explainFailure(
      account,
      this.passwordProof.unwrap(account, password, progress),
    );
  }

  /**
   * What proves the password to the server, before what it alone allows.
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
    if (this.snapshot?.me !== me) void this.refresh().catch(() => {}); // else it was just asked
  }

  /**
   * Keep the keys, which no script can read out, on this device; or stop keeping them.
   * @param {boolean} stay
   * @returns {Promise<boolean>} whether it stays open: a device without room keeps nothing
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

  /** Put the keys away; what is sealed on this device stays. */
  async lock() {
    if (this.state !== "unlocked") return;
    await Promise.allSettled([...this.beforeLock].map((finish) => finish()));
    await this.persisted.clear();
    this.keys = null;
    this.spaces.clear();
    await this.setState("locked");
  }

  /** Sign out here. Sealed drafts stay for the next time. */
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

  /** Sign out and have this device forget everything, unsent text too; then load the page anew. */
  async forgetDevice() {
    await this.api.delete("/device");
  }

  /**
   * Delete the account and all that was written, here too.
   * @param {string} authKey
   * @param {boolean} takeBack whether for the other too
   */
  async deleteEverything(authKey, takeBack) {
    await this.api.deleteSlowly("/account", { authKey, takeBack });
    await this.deviceStore.clearAll(); // the server has told the browser the same
    await this.onSessionEnded();
  }

  /**
   * The session is over, here or elsewhere; who hears it twice at once ends it once.
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
