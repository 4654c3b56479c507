/**
 * The retry queue of encrypted entries. They are kept on this device until the server has them, and
 * are resent byte for byte, so that no entry is dropped and none arrives twice. If this device
 * stores nothing, this page holds them in memory and still sends them. Dispatches "changed" when
 * the queue or an entry's state has changed, "progress" while files are uploaded, "arrived" when an
 * entry was delivered, and "returned" when the server has refused one for good.
 */

import { ApiError, NotConnectedError } from "../net/api.js";
import { Backoff, repeat } from "../net/backoff.js";
import { askToPersist } from "../session/persistence.js";
import { ConflictError } from "./journal.js";
import { isRetryable, isSpaceEnded, waitAfter } from "./send-errors.js";
import { SyncStates } from "./sync-states.js";
import { uploadFiles } from "./upload-files.js";

const AGAIN_MS = 15_000;
const SELDOM_MS = 5 * 60_000; // while requests fail; a reconnecting socket sends at once

/**
 * @typedef {{ id: string, box: Uint8Array, tag?: string }} SealedFile
 * @typedef {import("./journal.js").Sealed & {
 *   account: string, files?: SealedFile[], stamp?: string, spoken?: string,
 * }} QueuedEntry `stamp` and `spoken` are those of the draft that was sealed, and of its recording
 * @typedef {{ stamp?: string, spoken?: string }} Stamps
 * @typedef {{ id: string, draft: import("./drafts.js").Draft | null,
 *   error: ApiError | ConflictError }} Returned the refused entry, and the reason; without a draft
 *   it stays in the queue
 */

export class Outbox extends EventTarget {
  #journals;
  #deviceStore;
  /** @type {Promise<void> | null} */
  #flushing = null;
  #flushRequested = false;
  /** @type {Map<string, Promise<void>>} */
  #inFlight = new Map();

  /**
   * @param {import("./journals.js").Journals} home
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   */
  constructor(home, deviceStore) {
    super();
    this.#journals = home;
    this.#deviceStore = deviceStore;
    this.states = new SyncStates();
    // an error may hold the other text of a conflict
    home.session.addEventListener("state", () => this.states.clear());
    window.addEventListener("online", () => void this.flush());
    repeat(new Backoff(AGAIN_MS, SELDOM_MS), async () => {
      await this.#retryAll();
      return home.api.healthy;
    });
  }

  /** Send everything queued, after writing to the disk what could not be written before. */
  async #retryAll() {
    if (this.#journals.session.state === "unlocked") await this.#deviceStore.rewrite();
    await this.flush();
  }

  /**
   * Whether a queued entry outlives this page.
   * @param {string} id
   */
  isOnDisk(id) {
    return this.#deviceStore.isOnDisk("outbox", id);
  }

  /**
   * Return this member's queued entries.
   * @returns {Promise<QueuedEntry[]>}
   */
  async pending() {
    const me = this.#journals.session.me?.id;
    const all = await this.#deviceStore.entries("outbox");
    return all.map(([, parcel]) => parcel).filter((parcel) => parcel.account === me);
  }

  /**
   * Enqueue an entry and try to send it.
   * @param {import("./journal.js").Sealed} sealed
   * @param {SealedFile[]} [files]
   * @param {Stamps} [stamps]
   * @returns {Promise<unknown>} null, or the reason for waiting
   */
  async sendNow(sealed, files = [], stamps = {}) {
    const parcel = await this.enqueue(sealed, files, stamps);
    try {
      await this.#deliver(parcel);
      return null;
    } catch (error) {
      if (isRetryable(error) || isSpaceEnded(error)) return error;
      await this.#remove(parcel);
      this.states.delete(parcel.id);
      throw error;
    }
  }

  /**
   * Resolve when no delivery of this entry is running.
   * @param {string} id
   */
  async idle(id) {
    for (const [key, carried] of [...this.#inFlight]) {
      if (key.startsWith(`${id}.`)) await carried.catch(() => {});
    }
  }

  /**
   * Remove a delivered or refused entry; a newer revision in its place stays.
   * @param {QueuedEntry} parcel
   */
  async #remove({ id, sha256 }) {
    const now = await this.#deviceStore.get("outbox", id);
    if (now?.sha256 === sha256) await this.#deviceStore.remove("outbox", id);
  }

  /**
   * Enqueue an entry, to be sent in turn (see `isOnDisk`).
   * @param {import("./journal.js").Sealed} sealed
   * @param {SealedFile[]} files
   * @param {Stamps} [stamps]
   * @returns {Promise<QueuedEntry>}
   */
  async enqueue(sealed, files, stamps = {}) {
    /** @type {QueuedEntry} */
    const parcel = { ...sealed, ...stamps, files, account: this.#journals.session.account.id };
    await this.#deviceStore.put("outbox", parcel.id, parcel);
    this.states.delete(parcel.id);
    void askToPersist();
    this.dispatchEvent(new Event("changed"));
    return parcel;
  }

  /**
   * Remove an entry that has not been delivered.
   * @param {string} id
   */
  async cancel(id) {
    await this.#deviceStore.remove("outbox", id);
    this.states.delete(id);
    this.dispatchEvent(new Event("changed"));
  }

  /** Retry deferred and refused entries immediately, because their author asks for it. */
  retryNow() {
    this.states.clear();
    return this.flush();
  }

  /**
   * Try to send all queued entries, one after the other.
   * @returns {Promise<void>}
   */
  flush() {
    this.#flushRequested = true; // entries that are queued meanwhile are sent, too
    this.#flushing ??= this.#flushAll().finally(() => (this.#flushing = null));
    return this.#flushing;
  }

  async #flushAll() {
    while (this.#flushRequested) {
      this.#flushRequested = false;
      if (this.#journals.session.state !== "unlocked") return;
      for (const { id, journal } of await this.pending()) {
        if (!this.#journals.byId(journal)) continue; // its space has ended: see reclaim-orphans.js
        if (!this.states.isDue(id)) continue;
        // it may have been removed meanwhile
        const parcel = await this.#deviceStore.get("outbox", id);
        if (parcel && !(await this.#tryDeliver(parcel))) return;
      }
    }
  }

  /**
   * @param {QueuedEntry} parcel
   * @returns {Promise<boolean>} whether it makes sense to try further entries
   */
  async #tryDeliver(parcel) {
    try {
      await this.#deliver(parcel);
    } catch (error) {
      if (error instanceof NotConnectedError || isSpaceEnded(error)) return false;
      const refused = error instanceof ApiError && !isRetryable(error);
      if (refused || error instanceof ConflictError) await this.#return(parcel, error);
    }
    return true;
  }

  /**
   * Send one revision once, however many callers ask for it at the same time.
   * @param {QueuedEntry} parcel
   * @returns {Promise<void>}
   */
  #deliver(parcel) {
    const key = `${parcel.id}.${parcel.sha256}`;
    const known = this.#inFlight.get(key);
    if (known) return known;
    const carried = this.#upload(parcel).finally(() => this.#inFlight.delete(key));
    this.#inFlight.set(key, carried);
    return carried;
  }

  /** @param {QueuedEntry} parcel */
  async #upload(parcel) {
    const journal = this.#journals.byId(parcel.journal);
    if (!journal) throw new ApiError(404, { error: "not_found" }, 0);
    let entry;
    try {
      await uploadFiles(journal, parcel, (fraction) => {
        this.states.uploading(parcel.id, fraction);
        this.dispatchEvent(new Event("progress"));
      });
      entry = await journal.send(parcel);
    } catch (error) {
      if (isSpaceEnded(error)) void this.#journals.session.refresh().catch(() => {});
      this.states.waiting(parcel.id, error, waitAfter(error, parcel.files));
      this.dispatchEvent(new Event("changed"));
      throw error;
    }
    this.states.delete(parcel.id);
    await this.#remove(parcel);
    const { drafts, openDraft } = this.#journals;
    await drafts.onDelivered(parcel, entry.doc, openDraft?.id === parcel.id ? openDraft : null);
    this.dispatchEvent(new Event("changed"));
    this.dispatchEvent(new CustomEvent("arrived", { detail: parcel }));
  }

  /**
   * The server refuses an entry for good. If there still is a draft of it, that takes its place;
   * otherwise it stays in the queue, and is sent again only when its author asks for it.
   * @param {QueuedEntry} parcel
   * @param {ApiError | ConflictError} error
   */
  async #return(parcel, error) {
    const { id } = parcel;
    const draft = await this.#journals.drafts.get(id);
    if (draft) await this.#remove(parcel);
    this.states.refused(id, error instanceof ConflictError ? "conflict" : "refused", error);
    this.dispatchEvent(new Event("changed"));
    /** @type {Returned} */
    const detail = { id, draft, error };
    this.dispatchEvent(new CustomEvent("returned", { detail }));
  }
}
