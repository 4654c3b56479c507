/**
 * The reading half of a journal: pulled once, newest first, and from then on by what has changed.
 * Nothing else fetches entries. Knows no DOM. Says "changed" when what it holds has changed.
 */

import { CoalescedTask } from "../coalesced-task.js";
import { toBase64Url } from "../crypto/bytes.js";
import { Kind } from "../crypto/kinds.js";
import { ApiError } from "../net/api.js";
import { EntryIndex } from "./entry-index.js";
import { openEntry } from "./open-entry.js";
import { changes, isEntry, isTombstone, olderThan } from "./pages.js";
import { whenIdle } from "./when-idle.js";
import { writtenAt } from "./written-at.js";

const PAGE_SIZE = 50; // entries that are there at once
const MAX_PAGE_SIZE = 500; // entries in one answer, where all of them are wanted
const MAX_CHANGES = 200;

/**
 * @typedef {import("../net/types.js").WireEntry} WireEntry
 * @typedef {import("./journal.js").Entry} Entry
 */

export class JournalReader extends EventTarget {
  /**
   * @param {import("./journals.js").Journals} home
   * @param {{ id: Uint8Array, key: CryptoKey, names: CryptoKey, members: Uint8Array[],
   *   shared: boolean, writable: boolean }} whose `members`: whoever writes here, oneself first
   */
  constructor(home, { id, key, names, members, shared, writable }) {
    super();
    this.journals = home;
    this.id = id;
    this.key = key;
    this.names = names;
    this.members = members;
    this.shared = shared;
    this.writable = writable;
    this.path = `/journals/${toBase64Url(id)}`;
    this.entries = new EntryIndex();
    /** The place up to which everything is known; -1 before the first answer. */
    this.cursor = -1;
    /** The head of the journal, as far as the server has said. */
    this.head = 0;
    /** `born` of the oldest entry known; older ones are there unless it is `complete`. */
    this.oldest = Infinity;
    this.complete = false;
    /** @type {Promise<void> | null} */
    this.fetching = null;
    /** @type {Promise<void> | null} */
    this.opening = null;
    /** What is heard of while it is fetched is fetched once more, and not twice at once. */
    this.pullTask = new CoalescedTask(() => this.pull());
    this.fillTask = new CoalescedTask(() => this.fill());
    /**
     * What was heard of last and may still be fetched.
     * @type {Promise<void>}
     */
    this.hearing = Promise.resolve();
    /**
     * Writes that have not been answered yet.
     * @type {Set<Promise<unknown>>}
     */
    this.writes = new Set();
  }

  get kind() {
    return this.shared ? Kind.SHARED_ENTRY : Kind.PRIVATE_ENTRY;
  }

  /**
   * @param {Uint8Array} recordId
   * @param {Uint8Array} authorId
   * @param {number} rev
   */
  fields(recordId, authorId, rev) {
    return { scopeId: this.id, recordId, authorId, rev };
  }

  /**
   * Newest first, by when the writer says it was written.
   * @returns {Entry[]}
   */
  get list() {
    return [...this.entries.values()].sort((a, b) => writtenAt(b) - writtenAt(a));
  }

  /**
   * Have the newest entries; all older ones come by themselves afterwards, while nothing else is
   * done. Whoever needs entries waits for this.
   * @returns {Promise<void>} rejects without a connection; the next one who asks tries again
   */
  open() {
    this.opening ??= this.openNewest().catch((error) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  async openNewest() {
    if (this.cursor < 0) await this.loadOlder();
    void this.fillTask.schedule();
  }

  /** Fetch older entries until all are there, in idle moments. */
  async fill() {
    while (!this.complete && this.journals.holds(this)) {
      await whenIdle();
      await this.loadOlder(MAX_PAGE_SIZE);
    }
  }

  /**
   * The server has said how far the journal has come, with its state or an event.
   * @param {number} place
   * @returns {Promise<void>} resolves when all of it is here
   */
  hear(place) {
    const heard = this.catchUp(place);
    this.hearing = heard.catch(() => {});
    return heard;
  }

  /**
   * @param {number} place
   * @returns {Promise<void>}
   */
  async catchUp(place) {
    await Promise.allSettled([...this.writes]); // it may be of one's own write, before its answer
    if (this.cursor < 0) return this.open();
    if (place < this.cursor) return this.reset(); // the server was set back to an earlier day
    this.head = Math.max(this.head, place);
    if (place > this.cursor) await this.pullTask.schedule();
    if (!this.complete) void this.fillTask.schedule();
  }

  /**
   * Forget everything and begin again.
   * @returns {Promise<void>}
   */
  reset() {
    this.entries.clear();
    this.cursor = -1;
    this.head = 0;
    this.oldest = Infinity;
    this.complete = false;
    this.opening = null;
    return this.open();
  }

  /**
   * Fetch the newest page, or the next older one; two who ask at once wait for the same.
   * @param {number} [limit]
   * @returns {Promise<void>}
   */
  loadOlder(limit = PAGE_SIZE) {
    this.fetching ??= this.fetchOlder(limit).finally(() => (this.fetching = null));
    return this.fetching;
  }

  /** @param {number} limit */
  async fetchOlder(limit) {
    if (this.complete) return;
    const asked = new URLSearchParams();
    if (Number.isFinite(this.oldest)) asked.set("before", String(this.oldest));
    asked.set("limit", String(limit));
    const { count } = this.journals.rollbackGuard;
    /** @type {{ entries: WireEntry[], place: number }} */
    const { entries, place } = await this.journals.api.get(`${this.path}/entries?${asked}`);
    if (this.cursor < 0) this.cursor = this.head = place;
    const oldest = olderThan(this.oldest, entries);
    await Promise.all(entries.map((entry) => this.ingest(entry, count)));
    this.oldest = oldest;
    this.complete = !entries.length || this.oldest <= 1 || this.cursor === 0;
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Fetch every page there is.
   * @returns {Promise<void>}
   */
  async loadAll() {
    while (!this.complete) await this.loadOlder(MAX_PAGE_SIZE);
  }

  /**
   * Fetch what has changed since we last asked.
   * @returns {Promise<void>}
   */
  async pull() {
    if (this.cursor < 0) return this.open();
    const { api, rollbackGuard } = this.journals;
    const { head } = this;
    let changed = false;
    let { count } = rollbackGuard;
    try {
      for await (const { entries, place } of changes(api, this.path, this.cursor, MAX_CHANGES)) {
        const deleted = entries.filter(isTombstone);
        await rollbackGuard.recordDeletions(deleted);
        for (const { id } of deleted) this.entries.delete(id);
        await Promise.all(entries.filter(isEntry).map((entry) => this.ingest(entry, count)));
        changed ||= entries.length > 0;
        this.cursor = Math.max(this.cursor, place);
        ({ count } = rollbackGuard);
      }
      this.cursor = Math.max(this.cursor, head);
    } finally {
      if (changed) this.dispatchEvent(new Event("changed"));
    }
  }

  /**
   * Find one entry in what is here; null when there is none. What is being fetched is waited for.
   * Only where older entries are still to come is the server asked for one that is not known.
   * @param {string} id
   * @returns {Promise<Entry | null>}
   */
  async find(id) {
    await this.open();
    await this.hearing;
    return this.entries.get(id) ?? (this.complete ? null : this.fetch(id));
  }

  /**
   * Ask the server for one entry; null when there is none.
   * @param {string} id
   * @returns {Promise<Entry | null>}
   */
  async fetch(id) {
    const { count } = this.journals.rollbackGuard;
    try {
      await this.ingest(await this.journals.api.get(`${this.path}/entries/${id}`), count);
      return this.entries.get(id) ?? null;
    } catch (error) {
      if (error instanceof ApiError && error.error === "not_found") return null;
      throw error;
    }
  }

  /**
   * Open one entry and keep it, unless more was learned of it since it was asked for.
   * @param {WireEntry} wire
   * @param {number} count what was learned by then
   * @returns {Promise<Entry>}
   */
  async ingest(wire, count) {
    const entry = await this.decrypt(wire);
    const overtaken =
      ["older", "deleted"].includes(entry.trouble) &&
      this.journals.rollbackGuard.learnedSince(wire.id, count);
    if (!overtaken) this.entries.set(wire.id, entry);
    return entry;
  }

  /**
   * @param {WireEntry} wire
   * @returns {Promise<Entry>}
   */
  decrypt(wire) {
    return openEntry(this, wire);
  }

  /**
   * Have what is heard of meanwhile wait: an event may be of this very write.
   * @template T
   * @param {Promise<T>} write
   * @returns {Promise<T>}
   */
  async whileWriting(write) {
    this.writes.add(write);
    return write.finally(() => this.writes.delete(write));
  }

  /**
   * One's own write took a place; there is nothing to fetch where it is the next one.
   * @param {number} place
   */
  advance(place) {
    if (place === this.cursor + 1) this.cursor = this.head = place;
  }
}
