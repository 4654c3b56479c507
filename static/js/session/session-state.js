/**
 * What is known of the session: its state, the member, the server's snapshot and the keys. How the
 * state is changed by the person is in session.js. Dispatches "state" on transitions, "me" when the
 * server has sent a new snapshot, and "unreachable" when the server could not be reached.
 */

import { clock } from "../clock.js";
import { fromBase64Url } from "../crypto/bytes.js";
import { ApiError, InvalidResponseError } from "../net/api.js";
import { PersistedSession } from "./persisted-session.js";
import { SpaceKeys } from "./space-keys.js";

/**
 * @typedef {import("../net/types.js").Me} Me
 * @typedef {import("../net/types.js").WireState} WireState
 * @typedef {import("../crypto/keys.js").AccountKeys} AccountKeys
 */

export class SessionState extends EventTarget {
  /** @type {Promise<unknown>} */
  #refreshing = Promise.resolve();
  /** @type {Promise<Me> | null} */
  #nextRefresh = null;

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
    this.persisted = new PersistedSession(deviceStore);
    this.spaces = new SpaceKeys(this);
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
      const ended = error instanceof ApiError && error.status === 401;
      this.offline = !ended;
      if (ended) await this.persisted.clear(); // or this device would go on opening offline
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
      await this.#refreshing.catch(() => {});
      this.#nextRefresh = null;
      const answer = this.#refreshNow();
      this.#refreshing = answer;
      return answer;
    };
    return (this.#nextRefresh ??= next());
  }

  /**
   * Resolve when the running request has ended, successfully or not.
   * @returns {Promise<unknown>}
   */
  get settled() {
    return (this.#nextRefresh ?? this.#refreshing).catch(() => {});
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
    this.setMe(snapshot.me);
    this.snapshot = snapshot;
  }

  /**
   * @param {Me} me
   * @throws {InvalidResponseError} if the page is unlocked and this is another account
   */
  setMe(me) {
    if (this.keys && this.me && this.me.id !== me.id)
      throw new InvalidResponseError("another account");
    this.me = me;
    this.offline = false;
  }

  /**
   * Whether the keys are stored on this device.
   * @returns {Promise<boolean>}
   */
  async staysOpen() {
    return (await this.persisted.load()) !== null;
  }
}
