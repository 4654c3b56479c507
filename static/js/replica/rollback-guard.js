/**
 * Remembers each entry's highest revision and whether it was deleted, so that a server which sends
 * an older copy, or a deleted entry, is detected (protocol §9). The record is sealed (kind 12) on
 * devices that store anything, and held in memory on all.
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { CoalescedTask } from "../coalesced-task.js";
import { Kind } from "../crypto/kinds.js";

const RECORD = new Uint8Array(16); // one record per account
// revisions are batched for this long before they are sealed; deletions are not
const KEEP_MS = 3000;
const LOCK = "shared-space/seen"; // two tabs add to one record

/**
 * `gone` holds the revision and the place of each tombstone.
 * @typedef {{ revs: Map<string, number>, gone: Map<string, [number, number]> }} Known
 * @typedef {{ id: string, rev: number, place: number }} Deletion
 */

export class RollbackGuard {
  #session;
  #deviceStore;
  #saveTask;
  /** @type {Promise<Known> | null} */
  #known = null;
  #timer = 0;
  /**
   * The value of `count` at the last update of each entry.
   * @type {Map<string, number>}
   */
  #learned = new Map();

  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   */
  constructor(session, deviceStore) {
    this.#session = session;
    this.#deviceStore = deviceStore;
    this.#saveTask = new CoalescedTask(() => this.#save());
    /** Counts updates while the page is open. */
    this.count = 0;
  }

  reset() {
    this.#known = null;
    this.#learned.clear();
    clearTimeout(this.#timer);
    this.#timer = 0;
  }

  get #fields() {
    const { id } = this.#session;
    return { scopeId: id, recordId: RECORD, authorId: id, rev: 0 };
  }

  /** @returns {Promise<Known>} */
  get all() {
    this.#known ??= this.#load();
    return this.#known;
  }

  /** @returns {Promise<Known>} */
  async #load() {
    try {
      const box = fromBase64Url(await this.#deviceStore.get("seen", this.#session.account.id));
      const { revs, gone = {} } = await openJson(
        this.#session.unlockedKeys.data,
        Kind.LOCAL,
        this.#fields,
        box,
      );
      return { revs: new Map(Object.entries(revs)), gone: new Map(Object.entries(gone)) };
    } catch {
      return { revs: new Map(), gone: new Map() };
    }
  }

  /**
   * Check a revision from the server, and remember it.
   * @param {string} id
   * @param {number} rev
   * @returns {Promise<"" | "older" | "deleted">} the kind of rollback, or ""
   */
  async check(id, rev) {
    const { revs, gone } = await this.all;
    if (gone.has(id)) return "deleted";
    const highest = revs.get(id) ?? 0;
    if (rev < highest) return "older";
    if (rev > highest) {
      revs.set(id, rev);
      this.#learned.set(id, ++this.count);
      this.#timer ||= window.setTimeout(() => void this.#saveTask.schedule(), KEEP_MS);
    }
    return "";
  }

  /**
   * Whether an entry was updated after a moment: a response to an earlier request is only late, and
   * not a rollback.
   * @param {string} id
   * @param {number} moment what `count` was then
   */
  learnedSince(id, moment) {
    return (this.#learned.get(id) ?? 0) > moment;
  }

  /**
   * Remember deletions; resolves when they are on the disk.
   * @param {Deletion[]} deletions
   */
  async recordDeletions(deletions) {
    const { gone } = await this.all;
    const fresh = deletions.filter(({ id }) => !gone.has(id));
    for (const { id, rev, place } of fresh) {
      gone.set(id, [rev, place]);
      this.#learned.set(id, ++this.count);
    }
    if (fresh.length) await this.#saveTask.schedule();
  }

  async #save() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    if (this.#session.state !== "unlocked") return;
    const { id } = this.#session.account; // the session may be locked by the time this is sealed
    const { data } = this.#session.unlockedKeys;
    const fields = this.#fields;
    const known = await this.all;
    await navigator.locks.request(LOCK, async () => {
      const { revs, gone } = await this.#load(); // another tab may have added to it
      for (const [id, rev] of known.revs) revs.set(id, Math.max(rev, revs.get(id) ?? 0));
      for (const [id, deletion] of known.gone) gone.set(id, deletion);
      const seen = { revs: Object.fromEntries(revs), gone: Object.fromEntries(gone) };
      const doc = { type: "seen", at: new Date().toISOString(), ...seen };
      await this.#deviceStore.put(
        "seen",
        id,
        toBase64Url(await sealJson(data, Kind.LOCAL, fields, doc)),
      );
    });
  }
}
