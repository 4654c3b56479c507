/**
 * Who is here, and the keys in memory. Three states: out, locked (signed in, keys away), open.
 * Says "state" when that changes and "me" when the server has told us something new of ourselves.
 */

import { clock } from "../clock.js";
import { unb64, b64, randomBytes, wipe } from "../crypto/bytes.js";
import { accountKeys } from "../crypto/keys.js";
import { ApiError, BadAnswer } from "../net/api.js";
import { Kept } from "./kept.js";
import { OwnWraps } from "./own-wraps.js";
import { Proving } from "./proving.js";
import { SpaceKeys } from "./space-keys.js";

/**
 * @typedef {import("../net/types.js").Me} Me
 * @typedef {import("../crypto/keys.js").AccountKeys} AccountKeys
 * @typedef {import("./proving.js").Progress} Progress
 * @typedef {import("./proving.js").Proven} Proven
 */

export class Session extends EventTarget {
  /**
   * @param {import("../net/api.js").Api} api
   * @param {import("./vault.js").Vault} vault
   */
  constructor(api, vault) {
    super();
    this.api = api;
    this.vault = vault;
    /** @type {"out" | "locked" | "open"} */
    this.state = "out";
    /** @type {Me | null} */
    this.me = null;
    /** @type {AccountKeys | null} */
    this.keys = null;
    /**
     * Whether the server could not be asked who is here; a page that stays open opens all the same.
     */
    this.away = false;
    /** Whether the account was made in this visit: what is told once is told now. */
    this.isNew = false;
    /** When this visit began, in milliseconds since 1970 by the shared clock. */
    this.openedAt = 0;
    this.proving = new Proving(api);
    /** What is brought to an end while the keys are still here. @type {Set<() => Promise<void>>} */
    this.beforeLock = new Set();
    this.kept = new Kept(vault);
    this.wraps = new OwnWraps(vault);
    this.spaces = new SpaceKeys(this);
    api.onSignedOut = () => void this.ended();
    /** @type {Promise<void> | null} */
    this.ending = null;
  }

  /** The member's id, 16 bytes. */
  get id() {
    return unb64(this.known.id);
  }

  /** What the server knows of us; only when signed in. @returns {Me} */
  get known() {
    if (!this.me) throw new Error("nobody is signed in");
    return this.me;
  }

  /** The keys; only when open. @returns {AccountKeys} */
  get opened() {
    if (!this.keys) throw new Error("locked");
    return this.keys;
  }

  /** Find out whether this browser is signed in, and open with kept keys if there are any. */
  async begin() {
    await this.find();
    const kept = await this.kept.opening();
    if (this.away && kept) this.me = await this.kept.me(kept);
    if (this.me && kept?.id === this.me.id) this.keys = kept.keys;
    if (this.keys && !this.away) await this.kept.remember(this.known, this.keys);
    await this.become(this.keys ? "open" : this.me || this.away ? "locked" : "out");
  }

  /** Ask who is here. */
  async find() {
    try {
      this.learn(await this.api.get("/me"));
    } catch (error) {
      this.me = null;
      this.away = !(error instanceof ApiError && error.status === 401);
    }
  }

  /** The server can perhaps be asked by now. */
  async lookAgain() {
    if (!this.away) return;
    if (this.state === "open") return void (await this.refresh().catch(() => {}));
    await this.find();
    if (!this.away) await this.become(this.me ? "locked" : "out");
  }

  /** @param {"out" | "locked" | "open"} state */
  async become(state) {
    if (state === "open") {
      await this.spaces.refresh();
      this.openedAt = clock.time;
    } else this.isNew = false;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }

  /** Ask the server what is known of us. */
  async refresh() {
    this.learn(await this.api.get("/me"));
    if (this.state === "open") await this.spaces.refresh();
    if (this.keys && (await this.staysOpen())) await this.kept.remember(this.known, this.keys);
    this.dispatchEvent(new Event("me"));
    return this.known;
  }

  /** @param {Me} me @throws {BadAnswer} when the page is open and this is another account */
  learn(me) {
    if (this.keys && this.me && this.me.id !== me.id) throw new BadAnswer("another account");
    this.me = me;
    this.away = false;
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
    const made = await this.wraps.make(login, password, id, accountKey, progress);
    const me = await this.api.post("/accounts", { id: b64(id), login, ...made, ...allowed });
    this.isNew = true;
    await this.openWith(me, accountKey);
  }

  /**
   * Sign in and open.
   * @param {string} login
   * @param {string} password
   * @param {Progress} progress
   */
  async signIn(login, password, progress) {
    const { me, accountKey } = await this.proving.signIn(login, password, progress);
    await this.openWith(me, accountKey);
  }

  /**
   * Unwrap the raw account key afresh, only to open or to wrap it again; and make what shows the
   * server that the password is known.
   * @param {string} password
   * @param {Progress} progress
   * @returns {Promise<Proven>} the caller wipes them
   * @throws {import("../crypto/keys.js").CannotOpen} when the words are not the right ones
   * @throws {import("./own-wraps.js").OtherWrap} when the server sent another wrap
   */
  prove(password, progress) {
    const { known } = this;
    return this.wraps.open(known, this.proving.unwrap(known, password, progress));
  }

  /**
   * What proves the password to the server, before what it alone allows.
   * @param {string} password
   * @param {Progress} progress
   * @returns {Promise<string>}
   */
  async proofOf(password, progress) {
    const { authKey, accountKey } = await this.prove(password, progress);
    wipe(accountKey);
    return b64(authKey);
  }

  /** @param {Me} me @param {Uint8Array} accountKey wiped here */
  async openWith(me, accountKey) {
    this.learn(me);
    this.keys = await accountKeys(accountKey);
    wipe(accountKey);
    await this.wraps.add(me);
    if ((await this.kept.opening())?.id !== me.id) await this.kept.forget();
    await this.become("open");
  }

  /**
   * Keep the keys, which no script can read out, on this device; or stop keeping them.
   * @param {boolean} stay
   * @returns {Promise<boolean>} whether it stays open: a device without room keeps nothing
   */
  async stayOpen(stay) {
    if (stay) return this.kept.keep(this.known, this.opened);
    await this.kept.forget();
    return false;
  }

  /** @returns {Promise<boolean>} */
  async staysOpen() {
    return (await this.kept.opening()) !== null;
  }

  /** Put the keys away; what is sealed on this device stays. */
  async lock() {
    if (this.state !== "open") return;
    await Promise.allSettled([...this.beforeLock].map((finish) => finish()));
    await this.kept.forget();
    this.keys = null;
    this.spaces.forget();
    await this.become("locked");
  }

  /** Sign out here. Sealed drafts stay for the next time. */
  async signOut() {
    await Promise.allSettled([...this.beforeLock].map((finish) => finish()));
    await this.api.delete("/session");
    await this.ended();
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
    await this.vault.clearAll(); // the server has told the browser the same
    await this.ended();
  }

  /**
   * The session is over, here or elsewhere; who hears it twice at once ends it once.
   * @returns {Promise<void>}
   */
  ended() {
    this.ending ??= this.end().finally(() => (this.ending = null));
    return this.ending;
  }

  async end() {
    if (this.state === "out") return;
    await this.kept.forget();
    this.me = null;
    this.keys = null;
    this.away = false;
    this.spaces.forget();
    await this.become("out");
  }
}
