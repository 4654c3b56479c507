/**
 * Sealed bytes on their way. They are kept on this device until the server has them and are
 * resent byte for byte, so that nothing written is gone and nothing arrives twice. Where this
 * device keeps nothing, this page holds them and sends them all the same.
 */

import { fromBase64Url } from "../crypto/bytes.js";
import { ApiError, NotConnectedError } from "../net/api.js";
import { Backoff, repeat } from "../net/backoff.js";
import { askToPersist } from "../session/persistence.js";
import { ConflictError } from "./journal.js";

const AGAIN_MS = 15_000;
const SELDOM_MS = 5 * 60_000; // while nothing gets through; a socket that comes back sends at once
const FULL_MS = 10 * 60_000; // a place that is full is not asked again and again with whole photos

/**
 * @typedef {import("./journal.js").Sealed & {
 *   account: string, files?: { id: string, box: Uint8Array, tag?: string }[], stamp?: string,
 * spoken?: string,
 * }} QueuedEntry `stamp` and `spoken` are those of the draft that was sealed, and of its recording
 * @typedef {{ stamp?: string, spoken?: string }} Stamps
 * @typedef {{ draft: import("./drafts.js").Draft, error: ApiError | ConflictError }} Returned what
 *    was not taken, which is a draft again, and why
 */

export class Outbox extends EventTarget {
  /**
   * @param {import("./journals.js").Journals} home
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   */
  constructor(home, deviceStore) {
    super();
    this.journals = home;
    this.deviceStore = deviceStore;
    /** @type {Promise<void> | null} */
    this.flushing = null;
    this.flushRequested = false;
    /** @type {Map<string, Promise<void>>} */
    this.inFlight = new Map();
    /**
     * How far a parcel's files are, and why it waits; by its entry's id.
     * @type {Map<string, number>}
     */
    this.fractions = new Map();
    /** @type {Map<string, { error: unknown, until: number }>} */
    this.errors = new Map();
    window.addEventListener("online", () => void this.flush());
    repeat(new Backoff(AGAIN_MS, SELDOM_MS), async () => {
      await this.retryAll();
      return home.api.healthy;
    });
  }

  /** Send what waits; and write what could not be written to the disk before. */
  async retryAll() {
    if (this.journals.session.state === "unlocked") await this.deviceStore.rewrite();
    await this.flush();
  }

  /**
   * Whether what waits outlives this page.
   * @param {string} id
   */
  isOnDisk(id) {
    return this.deviceStore.isOnDisk("outbox", id);
  }

  /**
   * What waits, of this member.
   * @returns {Promise<QueuedEntry[]>}
   */
  async pending() {
    const me = this.journals.session.me?.id;
    const all = await this.deviceStore.entries("outbox");
    return all.map(([, parcel]) => parcel).filter((parcel) => parcel.account === me);
  }

  /**
   * Put a parcel in and try to send it.
   * @param {import("./journal.js").Sealed} sealed
   * @param {{ id: string, box: Uint8Array, tag?: string }[]} [files]
   * @param {Stamps} [stamps]
   * @returns {Promise<unknown>} null, or why it waits
   */
  async sendNow(sealed, files = [], stamps = {}) {
    const parcel = await this.enqueue(sealed, files, stamps);
    try {
      await this.deliver(parcel);
      return null;
    } catch (error) {
      if (isRetryable(error) || isSpaceEnded(error)) return error;
      await this.remove(parcel);
      throw error;
    }
  }

  /**
   * Resolves when nothing of an entry is being sent.
   * @param {string} id
   */
  async idle(id) {
    for (const [which, carried] of [...this.inFlight]) {
      if (which.startsWith(`${id}.`)) await carried.catch(() => {});
    }
  }

  /**
   * Remove what has been dealt with; what was put in its place since stays.
   * @param {QueuedEntry} parcel
   */
  async remove({ id, sha256 }) {
    const now = await this.deviceStore.get("outbox", id);
    if (now?.sha256 === sha256) await this.deviceStore.remove("outbox", id);
  }

  /**
   * Put a parcel in, to be sent when its turn comes (see `isOnDisk`).
   * @param {import("./journal.js").Sealed} sealed
   * @param {{ id: string, box: Uint8Array, tag?: string }[]} files
   * @param {Stamps} [stamps]
   * @returns {Promise<QueuedEntry>}
   */
  async enqueue(sealed, files, stamps = {}) {
    /** @type {QueuedEntry} */
    const parcel = { ...sealed, ...stamps, files, account: this.journals.session.account.id };
    await this.deviceStore.put("outbox", parcel.id, parcel);
    void askToPersist();
    this.dispatchEvent(new Event("changed"));
    return parcel;
  }

  /**
   * Take back what has not arrived.
   * @param {string} id
   */
  async cancel(id) {
    await this.deviceStore.remove("outbox", id);
    this.errors.delete(id);
    this.dispatchEvent(new Event("changed"));
  }

  /** Send what was refused for a while at once, as its writer asks for it. */
  retryNow() {
    this.errors.clear();
    return this.flush();
  }

  /**
   * Try everything that waits, one after the other.
   * @returns {Promise<void>}
   */
  flush() {
    this.flushRequested = true; // what is put in while others are sent has its turn too
    this.flushing ??= this.flushAll().finally(() => (this.flushing = null));
    return this.flushing;
  }

  async flushAll() {
    while (this.flushRequested) {
      this.flushRequested = false;
      if (this.journals.session.state !== "unlocked") return;
      for (const { id, journal } of await this.pending()) {
        if (!this.journals.byId(journal)) continue; // its space has ended: see coming-home.js
        if ((this.errors.get(id)?.until ?? 0) > performance.now()) continue;
        const parcel = await this.deviceStore.get("outbox", id); // it may have gone meanwhile
        if (parcel && !(await this.tryDeliver(parcel))) return;
      }
    }
  }

  /**
   * @param {QueuedEntry} parcel
   * @returns {Promise<boolean>} whether it makes sense to go on with others
   */
  async tryDeliver(parcel) {
    try {
      await this.deliver(parcel);
    } catch (error) {
      if (error instanceof NotConnectedError || isSpaceEnded(error)) return false;
      const refused = error instanceof ApiError && !isRetryable(error);
      if (refused || error instanceof ConflictError) await this.fallBackToDraft(parcel, error);
    }
    return true;
  }

  /**
   * Send one revision once, however many callers ask for it at the same time.
   * @param {QueuedEntry} parcel
   * @returns {Promise<void>}
   */
  deliver(parcel) {
    const which = `${parcel.id}.${parcel.sha256}`;
    const known = this.inFlight.get(which);
    if (known) return known;
    const carried = this.upload(parcel).finally(() => this.inFlight.delete(which));
    this.inFlight.set(which, carried);
    return carried;
  }

  /** @param {QueuedEntry} parcel */
  async upload(parcel) {
    const journal = this.journals.byId(parcel.journal);
    if (!journal) throw new ApiError(404, { error: "not_found" }, 0);
    let entry;
    try {
      await this.uploadFiles(journal, parcel);
      entry = await journal.send(parcel);
    } catch (error) {
      if (isSpaceEnded(error)) void this.journals.session.refresh().catch(() => {});
      if (error instanceof Error && "error" in error) {
        const wait =
          error.error === "full" && parcel.files?.length
            ? FULL_MS
            : 1000 * (error instanceof ApiError ? error.retryAfter : 0);
        this.errors.set(parcel.id, { error, until: performance.now() + wait });
      }
      this.dispatchEvent(new Event("changed"));
      throw error;
    } finally {
      this.fractions.delete(parcel.id);
    }
    this.errors.delete(parcel.id);
    await this.remove(parcel);
    const { drafts, openDraft } = this.journals;
    await drafts.onDelivered(parcel, entry.doc, openDraft?.id === parcel.id ? openDraft : null);
    this.dispatchEvent(new Event("changed"));
    this.dispatchEvent(new CustomEvent("arrived", { detail: parcel }));
  }

  /**
   * @param {import("./journal.js").Journal} journal
   * @param {QueuedEntry} parcel
   */
  async uploadFiles(journal, { id: entry, files = [] }) {
    const total = files.reduce((sum, { box }) => sum + box.length, 0);
    let sent = 0;
    for (const { id, box, tag } of files) {
      /** @type {Record<string, string>} */
      const headers = tag ? { "X-Author-Tag": tag } : {};
      const path = `${journal.path}/entries/${entry}/attachments/${id}`;
      await this.journals.api.putBox(path, box, headers, (fraction) => {
        this.fractions.set(entry, (sent + fraction * box.length) / total);
        this.dispatchEvent(new Event("progress"));
      });
      sent += box.length;
    }
  }

  /**
   * Fall back to the draft, if there still is one, when the server refuses an entry for good.
   * @param {QueuedEntry} parcel
   * @param {ApiError | ConflictError} error
   */
  async fallBackToDraft(parcel, error) {
    const draft = fromBase64Url(parcel.box).length && (await this.journals.drafts.get(parcel.id));
    if (!draft) return;
    await this.remove(parcel);
    /** @type {Returned} */
    const detail = { draft, error };
    this.dispatchEvent(new CustomEvent("returned", { detail }));
  }
}

/**
 * Whether it is worth trying again later.
 * @param {unknown} error
 */
function isRetryable(error) {
  if (error instanceof NotConnectedError) return true;
  return error instanceof ApiError && [401, 429, 500, 503, 507].includes(error.status);
}

/**
 * Whether the space has ended, so that it will never be taken there.
 * @param {unknown} error
 */
function isSpaceEnded(error) {
  return error instanceof ApiError && error.error === "archived";
}
