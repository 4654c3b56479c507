/**
 * The member's journals: the individual one, the shared one, archives; and their drafts, outbox and
 * trash. Dispatches "journals-changed" when a journal was added or removed, "history" when the
 * doubt about a journal's history has changed, and "reclaimed" when drafts of a former space became
 * private ones.
 */

import { equal, toBase64Url } from "../crypto/bytes.js";
import { ApiError } from "../net/api.js";
import { EVENTS } from "../net/events.js";
import { reclaimOrphans } from "./reclaim-orphans.js";
import { Drafts } from "./drafts.js";
import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";
import { Trash } from "./trash.js";
import { HistoryRecords } from "./history-records.js";
import { JournalHistory } from "./journal-history.js";
import { RollbackGuard } from "./rollback-guard.js";

/** A shared text has no destination, because the space is not certain at the moment. */
export class SpaceUnavailableError extends Error {
  error = "space-away";
}

export class Journals extends EventTarget {
  /** @type {Journal | null} */
  #ours = null;
  #historyRecords;

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
    this.#historyRecords = new HistoryRecords(session, deviceStore);
    this.drafts = new Drafts(session, deviceStore);
    this.trash = new Trash(this, deviceStore);
    /** @type {Journal | null} */
    this.own = null;
    /** @type {Journal[]} */
    this.archives = [];
    /** The member's own word for the partner, or "". */
    this.partnerNickname = "";
    /**
     * The draft that the current screen has open; the screen reclaims it by itself.
     * @type {import("./drafts.js").Draft | null}
     */
    this.openDraft = null;
    this.outbox = new Outbox(this, deviceStore);
    deviceStore.addEventListener("database-lost", () => void this.#rewriteDeviceStore());
    session.addEventListener("state", () => this.#rebuild());
    session.addEventListener("me", () => {
      this.#rebuild();
      for (const { id, place } of session.snapshot?.journals ?? []) this.#onHead(id, place);
    });
    live.listen(EVENTS.journalChanged, ({ journal, place }) => this.#onHead(journal, place));
    this.#rebuild(); // the session may be unlocked already
  }

  /**
   * The individual journal; only while the session is unlocked.
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
    return this.#ours;
  }

  /**
   * Return the journal for a shared or a private text.
   * @param {boolean} both
   * @returns {Journal}
   * @throws {SpaceUnavailableError} if there is no such space at the moment: no text changes its
   *   audience by itself
   */
  journalFor(both) {
    if (!both) return this.individual;
    if (!this.#ours) throw new SpaceUnavailableError();
    return this.#ours;
  }

  /**
   * The individual journal, and the shared one if there is one.
   * @returns {Journal[]}
   */
  get writable() {
    return this.#ours ? [this.individual, this.#ours] : [this.individual];
  }

  /**
   * The journals that may be shown now: none while locked, and the PIN lock hides the individual
   * one.
   * @returns {Journal[]}
   */
  get visible() {
    if (!this.own) return [];
    return this.writable.filter((journal) => journal.shared || !this.pinLock.isLocked);
  }

  /**
   * Listen for changes in both until the returned function is called.
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

  /** Create the journals that the keys open; an unchanged journal stays the same object. */
  #rebuild() {
    const { session } = this;
    if (session.state !== "unlocked") {
      for (const journal of [this.own, this.#ours, ...this.archives]) journal?.entries.clear();
      this.own = this.#ours = null;
      this.archives = [];
      this.rollbackGuard.reset();
      this.#historyRecords.reset();
      return;
    }
    const { spaces, unlockedKeys, id } = session;
    const { data: key, names } = unlockedKeys;
    this.own ??= this.#checked({
      id,
      key,
      names,
      members: [id],
      shared: false,
      writable: true,
    });
    const active = spaces.active;
    if (!active) this.#ours = null;
    else if (!this.#ours || toBase64Url(this.#ours.id) !== toBase64Url(active.id)) {
      this.#ours = this.#forSpace(active, true);
    }
    this.archives = spaces.archives.map(
      (old) =>
        this.archives.find(({ id: known }) => equal(known, old.id)) ?? this.#forSpace(old, false),
    );
    // without a connection they are opened again later
    for (const journal of this.writable) void journal.open().catch(() => {});
    this.dispatchEvent(new Event("journals-changed"));
    void this.outbox.flush();
    void reclaimOrphans(this).catch(() => {});
  }

  /**
   * The browser has removed this device's database: write again what people wrote and this page
   * still holds. Not after the session has ended, because then this device was told to forget it.
   */
  async #rewriteDeviceStore() {
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
  #forSpace({ id, keys, partner }, writable) {
    const members = [this.session.id, partner];
    const { data: key, root: names } = keys;
    return this.#checked({ id, key, names, members, shared: true, writable });
  }

  /**
   * A journal whose history is checked as it is read.
   * @param {ConstructorParameters<typeof Journal>[1]} whose
   */
  #checked(whose) {
    const journal = new Journal(this, whose);
    journal.history = new JournalHistory(journal, this.#historyRecords);
    return journal;
  }

  /**
   * @param {string} id
   * @returns {Journal | null}
   */
  byId(id) {
    return (
      [this.own, this.#ours].find((journal) => journal && toBase64Url(journal.id) === id) ?? null
    );
  }

  /**
   * Handle the server's announcement of a journal's latest place.
   * @param {string} id
   * @param {number} place
   */
  #onHead(id, place) {
    void this.byId(id)
      ?.hear(place)
      .catch(() => {}); // without a connection it is announced again later
  }

  /**
   * Whether a journal is current; one from before the session was locked is not.
   * @param {import("./journal-reader.js").JournalReader} journal
   * @returns {boolean}
   */
  holds(journal) {
    return [this.own, this.#ours, ...this.archives].some((known) => known === journal);
  }

  /**
   * Return the member's own word for the partner, or the partner's chosen name; "" until it is
   * known.
   * @param {string} author
   * @returns {string}
   */
  nameOf(author) {
    const partner = this.session.spaces.active?.partner;
    if (this.partnerNickname && partner && toBase64Url(partner) === author)
      return this.partnerNickname;
    for (const journal of [this.#ours, ...this.archives]) {
      for (const entry of journal?.entries.values() ?? []) {
        if (entry.doc?.type === "hello" && entry.author === author) return entry.doc.name;
      }
    }
    return this.session.spaces.nameOf(author);
  }
}
