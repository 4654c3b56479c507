/**
 * The reading half of a journal: pulled once, newest first, and from then on by changes. Nothing
 * else fetches entries. Runs without a DOM. Dispatches "changed" when its entries have changed.
 */

import { CoalescedTask } from "../coalesced-task.js";
import { ApiError } from "../net/api.js";
import { JournalEntries } from "./journal-entries.js";
import { changes, isEntry, isTombstone, olderThan } from "./pages.js";
import { whenIdle } from "./when-idle.js";

const PAGE_SIZE = 50; // entries that are loaded at once
const MAX_PAGE_SIZE = 500; // entries in one response, where all of them are needed
const MAX_CHANGES = 200;

/**
 * @typedef {import("../net/types.js").WireEntry} WireEntry
 * @typedef {import("./journal.js").Entry} Entry
 */

export class JournalReader extends JournalEntries {
  /** The latest place that the server has announced. */
  #head = 0;
  /** `born` of the oldest known entry; older ones exist unless it is `complete`. */
  #oldest = Infinity;
  /** @type {Promise<void> | null} */
  #fetching = null;
  /** @type {Promise<void> | null} */
  #opening = null;
  /** At most one pull runs and one more is queued, however many changes are announced. */
  #pullTask;
  /**
   * The most recent announcement, whose changes may still be fetched.
   * @type {Promise<void>}
   */
  #hearing = Promise.resolve();
  /**
   * Writes whose responses are pending.
   * @type {Set<Promise<unknown>>}
   */
  #writes = new Set();

  /** @param {ConstructorParameters<typeof JournalEntries>} given */
  constructor(...given) {
    super(...given);
    /** The place up to which all changes are known; -1 before the first response. */
    this.cursor = -1;
    this.complete = false;
    this.#pullTask = new CoalescedTask(() => this.pull());
    this.fillTask = new CoalescedTask(() => this.#fill());
  }

  /**
   * Load the newest entries; older ones follow in idle time. Code that needs entries awaits this.
   * @returns {Promise<void>} rejects without a connection; the next call tries again
   */
  open() {
    this.#opening ??= this.#openNewest().catch((error) => {
      this.#opening = null;
      throw error;
    });
    return this.#opening;
  }

  async #openNewest() {
    if (this.cursor < 0) await this.loadOlder();
    void this.fillTask.schedule();
  }

  /** Fetch older entries until all are here, in idle time. */
  async #fill() {
    while (!this.complete && this.journals.holds(this)) {
      await whenIdle();
      await this.loadOlder(MAX_PAGE_SIZE);
    }
  }

  /**
   * Handle the announcement of a place, from the server's state or an event.
   * @param {number} place
   * @returns {Promise<void>} resolves when all changes up to it are here
   */
  hear(place) {
    const catchingUp = this.#catchUp(place);
    this.#hearing = catchingUp.catch(() => {});
    return catchingUp;
  }

  /**
   * @param {number} place
   * @returns {Promise<void>}
   */
  async #catchUp(place) {
    // the event may belong to this page's own write, before its response
    await Promise.allSettled([...this.#writes]);
    const { cursor } = this;
    if (cursor < 0) return this.open();
    if (place < cursor) {
      // It may have been on its way while this page wrote, or have been overtaken by a later one.
      place = await this.askPlace();
      if (place < cursor) return this.reset(); // the server was restored from a backup
    }
    this.#head = Math.max(this.#head, place);
    if (place > this.cursor) await this.#pullTask.schedule();
    if (!this.complete) void this.fillTask.schedule();
  }

  /** @returns {Promise<number>} the journal's latest place, as the server says it now */
  async askPlace() {
    /** @type {{ place: number }} */
    const { place } = await this.journals.api.get(`${this.path}/entries?before=1&limit=1`);
    return place;
  }

  /**
   * Discard everything and start again, when no request is left whose answer would be taken for a
   * part of what follows.
   * @returns {Promise<void>}
   */
  async reset() {
    await this.#pullTask.idle();
    while (this.#fetching) await this.#fetching.catch(() => {});
    this.entries.clear();
    this.history?.forget();
    this.cursor = -1;
    this.#head = 0;
    this.#oldest = Infinity;
    this.complete = false;
    this.#opening = null;
    return this.open();
  }

  /**
   * Fetch the newest page, or the next older one; concurrent calls share one request.
   * @param {number} [limit]
   * @returns {Promise<void>}
   */
  loadOlder(limit = PAGE_SIZE) {
    this.#fetching ??= this.#fetchOlder(limit).finally(() => (this.#fetching = null));
    return this.#fetching;
  }

  /** @param {number} limit */
  async #fetchOlder(limit) {
    if (this.complete) return;
    await this.history?.records.load(); // before the request
    const asked = new URLSearchParams();
    if (Number.isFinite(this.#oldest)) asked.set("before", String(this.#oldest));
    asked.set("limit", String(limit));
    const { count } = this.journals.rollbackGuard;
    /** @type {{ entries: WireEntry[], place: number }} */
    const { entries, place } = await this.journals.api.get(`${this.path}/entries?${asked}`);
    if (this.cursor < 0) this.cursor = this.#head = place;
    const oldest = olderThan(this.#oldest, entries);
    await Promise.all(entries.map((entry) => this.ingest(entry, count)));
    this.#oldest = oldest;
    this.complete = !entries.length || this.#oldest <= 1 || this.cursor === 0;
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Fetch every remaining page.
   * @returns {Promise<void>}
   */
  async loadAll() {
    while (!this.complete) await this.loadOlder(MAX_PAGE_SIZE);
  }

  /**
   * Fetch the changes since the last pull.
   * @returns {Promise<void>}
   */
  async pull() {
    if (this.cursor < 0) return this.open();
    const { api, rollbackGuard } = this.journals;
    const head = this.#head;
    let changed = false;
    let { count } = rollbackGuard;
    try {
      for await (const { entries, place } of changes(api, this.path, this.cursor, MAX_CHANGES)) {
        const deleted = entries.filter(isTombstone);
        await rollbackGuard.recordDeletions(deleted);
        await Promise.all(deleted.map((tombstone) => this.history?.learn(tombstone)));
        for (const { id } of deleted) this.entries.delete(id);
        await Promise.all(entries.filter(isEntry).map((entry) => this.ingest(entry, count)));
        changed ||= entries.length > 0;
        this.cursor = Math.max(this.cursor, place);
        ({ count } = rollbackGuard);
      }
      this.cursor = Math.max(this.cursor, head);
      void this.history?.task.schedule(); // also where nothing came: something should have
    } finally {
      if (changed) this.dispatchEvent(new Event("changed"));
    }
  }

  /**
   * Return one entry, or null if there is none. Waits for a pull that is running. The server is
   * asked for an unknown entry only while older ones are still missing.
   * @param {string} id
   * @returns {Promise<Entry | null>}
   */
  async find(id) {
    await this.open();
    await this.#hearing;
    return this.entries.get(id) ?? (this.complete ? null : this.fetch(id));
  }

  /**
   * Ask the server for one entry; null if there is none.
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

  /** Whether responses to this page's own writes are pending. */
  get isWriting() {
    return this.#writes.size > 0;
  }

  /**
   * Delay the handling of announcements during a write: an event may belong to this very write.
   * @template T
   * @param {Promise<T>} write
   * @returns {Promise<T>}
   */
  async whileWriting(write) {
    this.#writes.add(write);
    return write.finally(() => this.#writes.delete(write));
  }

  /**
   * Record the place of this page's own write; if it is the next one, there is nothing to fetch.
   * @param {number} place
   */
  advance(place) {
    if (place === this.cursor + 1) this.cursor = this.#head = place;
  }
}
