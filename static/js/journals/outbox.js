/**
 * Sealed bytes on their way. They are kept on this device until the server has them and are
 * resent byte for byte, so that nothing written is gone and nothing arrives twice. Where this
 * device keeps nothing, this page holds them and sends them all the same.
 */

import { unb64 } from "../crypto/bytes.js";
import { ApiError, NotConnected } from "../net/api.js";
import { Backoff, repeat } from "../net/backoff.js";
import { askToPersist } from "../session/persistence.js";
import { Conflict } from "./journal.js";

const AGAIN_MS = 15_000;
const SELDOM_MS = 5 * 60_000; // while nothing gets through; a socket that comes back sends at once
const FULL_MS = 10 * 60_000; // a place that is full is not asked again and again with whole photos

/**
 * @typedef {import("./journal.js").Sealed & {
 *   account: string, files?: { id: string, box: Uint8Array, tag?: string }[], stamp?: string,
 * spoken?: string,
 * }} Parcel `stamp` and `spoken` are those of the draft that was sealed, and of its recording
 * @typedef {{ stamp?: string, spoken?: string }} Stamps
 */

export class Outbox extends EventTarget {
  /**
   * @param {import("./journals.js").Journals} home
   * @param {import("../session/vault.js").Vault} vault
   */
  constructor(home, vault) {
    super();
    this.home = home;
    this.vault = vault;
    /** @type {Promise<void> | null} */
    this.sending = null;
    this.asked = false;
    /** @type {Map<string, Promise<void>>} */
    this.carrying = new Map();
    /**
     * How far a parcel's files are, and why it waits; by its entry's id.
     * @type {Map<string, number>}
     */
    this.fractions = new Map();
    /** @type {Map<string, { error: unknown, until: number }>} */
    this.refusals = new Map();
    window.addEventListener("online", () => void this.send());
    repeat(new Backoff(AGAIN_MS, SELDOM_MS), async () => {
      await this.again();
      return home.api.well;
    });
  }

  /** Send what waits; and write what could not be written to the disk before. */
  async again() {
    if (this.home.session.state === "open") await this.vault.restore();
    await this.send();
  }

  /** Whether what waits outlives this page. @param {string} id */
  isOnDisk(id) {
    return this.vault.isOnDisk("outbox", id);
  }

  /** What waits, of this member. @returns {Promise<Parcel[]>} */
  async waiting() {
    const me = this.home.session.me?.id;
    const all = await this.vault.entries("outbox");
    return all.map(([, parcel]) => parcel).filter((parcel) => parcel.account === me);
  }

  /**
   * Put a parcel in and try to send it.
   * @param {import("./journal.js").Sealed} sealed
   * @param {{ id: string, box: Uint8Array, tag?: string }[]} [files]
   * @param {Stamps} [stamps]
   * @returns {Promise<unknown>} null, or why it waits
   */
  async post(sealed, files = [], stamps = {}) {
    const parcel = await this.put(sealed, files, stamps);
    try {
      await this.deliver(parcel);
      return null;
    } catch (error) {
      if (isPassing(error) || hasEnded(error)) return error;
      await this.remove(parcel);
      throw error;
    }
  }

  /** Resolves when nothing of an entry is being sent. @param {string} id */
  async settled(id) {
    for (const [which, carried] of [...this.carrying]) {
      if (which.startsWith(`${id}.`)) await carried.catch(() => {});
    }
  }

  /**
   * Remove what has been dealt with; what was put in its place since stays.
   * @param {Parcel} parcel
   */
  async remove({ id, sha256 }) {
    const now = await this.vault.get("outbox", id);
    if (now?.sha256 === sha256) await this.vault.remove("outbox", id);
  }

  /**
   * Put a parcel in, to be sent when its turn comes (see `isOnDisk`).
   * @param {import("./journal.js").Sealed} sealed
   * @param {{ id: string, box: Uint8Array, tag?: string }[]} files
   * @param {Stamps} [stamps]
   * @returns {Promise<Parcel>}
   */
  async put(sealed, files, stamps = {}) {
    /** @type {Parcel} */
    const parcel = { ...sealed, ...stamps, files, account: this.home.session.known.id };
    await this.vault.put("outbox", parcel.id, parcel);
    void askToPersist();
    this.dispatchEvent(new Event("changed"));
    return parcel;
  }

  /** Take back what has not arrived. @param {string} id */
  async takeBack(id) {
    await this.vault.remove("outbox", id);
    this.refusals.delete(id);
    this.dispatchEvent(new Event("changed"));
  }

  /** Send what was refused for a while at once, as its writer asks for it. */
  retry() {
    this.refusals.clear();
    return this.send();
  }

  /** Try everything that waits, one after the other. @returns {Promise<void>} */
  send() {
    this.asked = true; // what is put in while others are sent has its turn too
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  async sendAll() {
    while (this.asked) {
      this.asked = false;
      if (this.home.session.state !== "open") return;
      for (const { id, journal } of await this.waiting()) {
        if (!this.home.byId(journal)) continue; // its space has ended: see coming-home.js
        if ((this.refusals.get(id)?.until ?? 0) > performance.now()) continue;
        const parcel = await this.vault.get("outbox", id); // it may have gone meanwhile
        if (parcel && !(await this.attempt(parcel))) return;
      }
    }
  }

  /**
   * @param {Parcel} parcel
   * @returns {Promise<boolean>} whether it makes sense to go on with others
   */
  async attempt(parcel) {
    try {
      await this.deliver(parcel);
    } catch (error) {
      if (error instanceof NotConnected || hasEnded(error)) return false;
      if (error instanceof Conflict) await this.becomeDraft(parcel);
      else if (error instanceof ApiError && !isPassing(error)) await this.becomeDraft(parcel);
    }
    return true;
  }

  /**
   * Two who would send the same parcel wait for the same.
   * @param {Parcel} parcel
   * @returns {Promise<void>}
   */
  deliver(parcel) {
    const which = `${parcel.id}.${parcel.sha256}`;
    const known = this.carrying.get(which);
    if (known) return known;
    const carried = this.carry(parcel).finally(() => this.carrying.delete(which));
    this.carrying.set(which, carried);
    return carried;
  }

  /** @param {Parcel} parcel */
  async carry(parcel) {
    const journal = this.home.byId(parcel.journal);
    if (!journal) throw new ApiError(404, { error: "not_found" }, 0);
    let entry;
    try {
      await this.sendFiles(journal, parcel);
      entry = await journal.send(parcel);
    } catch (error) {
      if (hasEnded(error)) void this.home.session.refresh().catch(() => {});
      if (error instanceof Error && "error" in error) {
        const wait =
          error.error === "full" && parcel.files?.length
            ? FULL_MS
            : 1000 * (error instanceof ApiError ? error.retryAfter : 0);
        this.refusals.set(parcel.id, { error, until: performance.now() + wait });
      }
      this.dispatchEvent(new Event("changed"));
      throw error;
    } finally {
      this.fractions.delete(parcel.id);
    }
    this.refusals.delete(parcel.id);
    await this.remove(parcel);
    const { drafts, writing } = this.home;
    await drafts.arrived(parcel, entry.doc, writing?.id === parcel.id ? writing : null);
    this.dispatchEvent(new Event("changed"));
    this.dispatchEvent(new CustomEvent("arrived", { detail: parcel }));
  }

  /** @param {import("./journal.js").Journal} journal @param {Parcel} parcel */
  async sendFiles(journal, { id: entry, files = [] }) {
    const total = files.reduce((sum, { box }) => sum + box.length, 0);
    let sent = 0;
    for (const { id, box, tag } of files) {
      /** @type {Record<string, string>} */
      const headers = tag ? { "X-Author-Tag": tag } : {};
      const path = `${journal.path}/entries/${entry}/attachments/${id}`;
      await this.home.api.putBox(path, box, headers, (fraction) => {
        this.fractions.set(entry, (sent + fraction * box.length) / total);
        this.dispatchEvent(new Event("moved"));
      });
      sent += box.length;
    }
  }

  /**
   * What the server will not take stays its writer's, as a draft to look at.
   * @param {Parcel} parcel
   */
  async becomeDraft(parcel) {
    if (unb64(parcel.box).length && (await this.home.drafts.get(parcel.id))) {
      await this.remove(parcel);
      this.dispatchEvent(new CustomEvent("returned", { detail: parcel.id }));
    }
  }
}

/** Whether it is worth trying again later. @param {unknown} error */
export function isPassing(error) {
  if (error instanceof NotConnected) return true;
  return error instanceof ApiError && [401, 429, 500, 503, 507].includes(error.status);
}

/** Whether the space has ended, so that it will never be taken there. @param {unknown} error */
function hasEnded(error) {
  return error instanceof ApiError && error.error === "archived";
}
