/**
 * What this device has seen of each entry: its highest revision, and whether it was deleted. So
 * a server that sends an older copy, or what was deleted, is noticed (protocol §9). Sealed on
 * this device (kind 12) where it keeps anything, in memory everywhere.
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { CoalescedTask } from "../coalesced-task.js";
import { Kind } from "../crypto/kinds.js";

const RECORD = new Uint8Array(16); // one record for all of them, of this account
const KEEP_MS = 3000; // revisions are gathered so long before they are sealed; deletions are not
const LOCK = "shared-space/seen"; // two tabs add to one record

/**
 * `gone` holds the revision and the place of each tombstone.
 * @typedef {{ revs: Map<string, number>, gone: Map<string, [number, number]> }} Known
 * @typedef {{ id: string, rev: number, place: number }} Deletion
 */

export class RollbackGuard {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   */
  constructor(session, deviceStore) {
    this.session = session;
    this.deviceStore = deviceStore;
    this.saveTask = new CoalescedTask(() => this.save());
    /** @type {Promise<Known> | null} */
    this.known = null;
    this.timer = 0;
    /** Counts what was learned while the page is open. */
    this.count = 0;
    /**
     * What `count` was when something was last learned of an entry.
     * @type {Map<string, number>}
     */
    this.learned = new Map();
  }

  reset() {
    this.known = null;
    this.learned.clear();
    clearTimeout(this.timer);
    this.timer = 0;
  }

  get fields() {
    const { id } = this.session;
    return { scopeId: id, recordId: RECORD, authorId: id, rev: 0 };
  }

  /** @returns {Promise<Known>} */
  get all() {
    this.known ??= this.load();
    return this.known;
  }

  /** @returns {Promise<Known>} */
  async load() {
    try {
      const box = fromBase64Url(await this.deviceStore.get("seen", this.session.account.id));
      const { revs, gone = {} } = await openJson(
        this.session.unlockedKeys.data,
        Kind.LOCAL,
        this.fields,
        box,
      );
      return { revs: new Map(Object.entries(revs)), gone: new Map(Object.entries(gone)) };
    } catch {
      return { revs: new Map(), gone: new Map() };
    }
  }

  /**
   * Judge a revision that the server sent, and remember it.
   * @param {string} id
   * @param {number} rev
   * @returns {Promise<"" | "older" | "deleted">} what is wrong with it
   */
  async check(id, rev) {
    const { revs, gone } = await this.all;
    if (gone.has(id)) return "deleted";
    const highest = revs.get(id) ?? 0;
    if (rev < highest) return "older";
    if (rev > highest) {
      revs.set(id, rev);
      this.learned.set(id, ++this.count);
      this.timer ||= window.setTimeout(() => void this.saveTask.schedule(), KEEP_MS);
    }
    return "";
  }

  /**
   * Whether more was learned of an entry after a moment: an answer that was asked for before it
   * is not a lie, only late.
   * @param {string} id
   * @param {number} moment what `count` was then
   */
  learnedSince(id, moment) {
    return (this.learned.get(id) ?? 0) > moment;
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
      this.learned.set(id, ++this.count);
    }
    if (fresh.length) await this.saveTask.schedule();
  }

  async save() {
    clearTimeout(this.timer);
    this.timer = 0;
    if (this.session.state !== "unlocked") return;
    const { id } = this.session.account; // it may be locked by the time this is sealed
    const { data } = this.session.unlockedKeys;
    const { fields } = this;
    const known = await this.all;
    await navigator.locks.request(LOCK, async () => {
      const { revs, gone } = await this.load(); // another tab may have added to it
      for (const [one, rev] of known.revs) revs.set(one, Math.max(rev, revs.get(one) ?? 0));
      for (const [one, deletion] of known.gone) gone.set(one, deletion);
      const seen = { revs: Object.fromEntries(revs), gone: Object.fromEntries(gone) };
      const doc = { type: "seen", at: new Date().toISOString(), ...seen };
      await this.deviceStore.put(
        "seen",
        id,
        toBase64Url(await sealJson(data, Kind.LOCAL, fields, doc)),
      );
    });
  }
}
