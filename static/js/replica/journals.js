/** The journals of who is here: one's own, the shared one, archives; and what waits beside them. */

import { equal, toBase64Url } from "../crypto/bytes.js";
import { ApiError } from "../net/api.js";
import { EVENTS } from "../net/events.js";
import { reclaimOrphans } from "./reclaim-orphans.js";
import { Drafts } from "./drafts.js";
import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";
import { Trash } from "./trash.js";
import { RollbackGuard } from "./rollback-guard.js";

/** This was written for both, and with whom is not sure just now. */
export class SpaceUnavailableError extends Error {
  error = "space-away";
}

export class Journals extends EventTarget {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../net/api.js").Api} api
   * @param {import("../net/live-socket.js").LiveSocket} live
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   * @param {import("../session/pin-lock.js").PinLock} pinLock
   */
  constructor(session, api, live, deviceStore, pinLock) {
    super();
    this.session = session;
    this.api = api;
    this.deviceStore = deviceStore;
    this.pinLock = pinLock;
    this.rollbackGuard = new RollbackGuard(session, deviceStore);
    this.drafts = new Drafts(session, deviceStore);
    this.trash = new Trash(this, deviceStore);
    /** @type {Journal | null} */
    this.own = null;
    /** @type {Journal | null} */
    this.ours = null;
    /** @type {Journal[]} */
    this.archives = [];
    /** One's own word for the other, "" when there is none. */
    this.partnerNickname = "";
    /**
     * What the open page holds; it comes home by itself.
     * @type {import("./drafts.js").Draft | null}
     */
    this.openDraft = null;
    this.outbox = new Outbox(this, deviceStore);
    deviceStore.addEventListener("database-lost", () => void this.rewriteDeviceStore());
    session.addEventListener("state", () => this.rebuild());
    session.addEventListener("me", () => {
      this.rebuild();
      for (const { id, place } of session.snapshot?.journals ?? []) this.onHead(id, place);
    });
    live.listen(EVENTS.journalChanged, ({ journal, place }) => this.onHead(journal, place));
    this.rebuild(); // it may be open already
  }

  /**
   * The individual journal; only while open.
   * @returns {Journal}
   */
  get individual() {
    if (!this.own) throw new Error("locked");
    return this.own;
  }

  /**
   * The shared journal, if there is one.
   * @returns {Journal | null}
   */
  get shared() {
    return this.ours;
  }

  /**
   * Where something goes that was written for both, or for oneself.
   * @param {boolean} both
   * @returns {Journal}
   * @throws {SpaceUnavailableError} when the space is not there just now: nothing goes elsewhere by
   *   itself
   */
  journalFor(both) {
    if (!both) return this.individual;
    if (!this.ours) throw new SpaceUnavailableError();
    return this.ours;
  }

  /**
   * One's own journal, and the shared one if there is one.
   * @returns {Journal[]}
   */
  get writable() {
    return this.ours ? [this.individual, this.ours] : [this.individual];
  }

  /**
   * Those that may be looked at now: none once locked; "Only me" can be closed on this device.
   * @returns {Journal[]}
   */
  get visible() {
    if (!this.own) return [];
    return this.writable.filter((journal) => journal.shared || !this.pinLock.isLocked);
  }

  /**
   * Be told of changes in both until the returned function is called.
   * @param {() => void} changed
   * @returns {() => void}
   */
  onChange(changed) {
    const { writable } = this;
    for (const journal of writable) journal.addEventListener("changed", changed);
    return () => {
      for (const journal of writable) journal.removeEventListener("changed", changed);
    };
  }

  /** Make the journals that the keys open; the same journal stays the same object. */
  rebuild() {
    const { session } = this;
    if (session.state !== "unlocked") {
      for (const journal of [this.own, this.ours, ...this.archives]) journal?.entries.clear();
      this.own = this.ours = null;
      this.archives = [];
      this.rollbackGuard.reset();
      return;
    }
    const { spaces, unlockedKeys, id } = session;
    const { data: key, names } = unlockedKeys;
    this.own ??= new Journal(this, {
      id,
      key,
      names,
      members: [id],
      shared: false,
      writable: true,
    });
    const active = spaces.active;
    if (!active) this.ours = null;
    else if (!this.ours || toBase64Url(this.ours.id) !== toBase64Url(active.id)) {
      this.ours = this.forSpace(active, true);
    }
    this.archives = spaces.archives.map(
      (old) =>
        this.archives.find(({ id: known }) => equal(known, old.id)) ?? this.forSpace(old, false),
    );
    for (const journal of this.writable) void journal.open().catch(() => {}); // asked for again
    this.dispatchEvent(new Event("journals-changed"));
    void this.outbox.flush();
    void reclaimOrphans(this).catch(() => {});
  }

  /**
   * The browser has removed what this device kept: what people wrote and this page still holds is
   * written again. Not once the session has ended: then this device was told to forget.
   */
  async rewriteDeviceStore() {
    if (this.session.state !== "unlocked") return;
    const ended = await this.api.get("/me").then(
      () => false,
      (error) => error instanceof ApiError && error.status === 401,
    );
    if (!ended) await this.deviceStore.rewrite();
  }

  /**
   * @param {import("../session/space-keys.js").OpenSpace} space
   * @param {boolean} writable
   */
  forSpace({ id, keys, partner }, writable) {
    const members = [this.session.id, partner];
    const { data: key, root: names } = keys;
    return new Journal(this, { id, key, names, members, shared: true, writable });
  }

  /**
   * @param {string} id
   * @returns {Journal | null}
   */
  byId(id) {
    return [this.own, this.ours].find((one) => one && toBase64Url(one.id) === id) ?? null;
  }

  /**
   * The server says how far a journal has come.
   * @param {string} id
   * @param {number} place
   */
  onHead(id, place) {
    void this.byId(id)
      ?.hear(place)
      .catch(() => {}); // without a connection it is said again
  }

  /**
   * Whether a journal is open here; what was opened before is not, once it was locked.
   * @param {import("./journal-reader.js").JournalReader} journal
   * @returns {boolean}
   */
  holds(journal) {
    return [this.own, this.ours, ...this.archives].some((one) => one === journal);
  }

  /**
   * One's own word for the other, or the name by which they want to be seen; "" until it is known.
   * @param {string} author
   * @returns {string}
   */
  nameOf(author) {
    const partner = this.session.spaces.active?.partner;
    if (this.partnerNickname && partner && toBase64Url(partner) === author)
      return this.partnerNickname;
    for (const journal of [this.ours, ...this.archives]) {
      for (const entry of journal?.entries.values() ?? []) {
        if (entry.doc?.type === "hello" && entry.author === author) return entry.doc.name;
      }
    }
    return this.session.spaces.nameOf(author);
  }
}
