/**
 * One journal, individual or shared: its entries opened, written, erased (protocol §9).
 * Knows no DOM. Says "changed" when what it holds has changed.
 */

import { timestamp } from "../clock.js";
import { makeTag } from "../crypto/author-tag.js";
import { toBase64Url, equal, randomBytes, sha256, fromBase64Url } from "../crypto/bytes.js";
import { aad, sealJson } from "../crypto/envelope.js";
import { ENTRY } from "../net/response-shapes.js";
import { ApiError, NotConnectedError } from "../net/api.js";
import { CoalescedTask } from "../coalesced-task.js";
import { openEntry } from "./open-entry.js";
import { changes, isEntry, isTombstone, olderThan } from "./pages.js";
import { Kind } from "../crypto/kinds.js";

const MAX_PAGE_SIZE = 500; // entries in one answer, where all of them are wanted

/**
 * @typedef {import("../net/types.js").WireEntry} WireEntry
 * @typedef {import("../net/types.js").WireTombstone} WireTombstone
 * @typedef {{ type: string, at: string, v: 1, [key: string]: any }} Doc
 * @typedef {{
 *   id: string, author: string, mine: boolean, shared: boolean, rev: number, born: number,
 *   place: number, doc: Doc | null, trouble: "" | "cannot-open" | "newer" | "older" | "deleted" |
 * "forged",
 *   waiting?: boolean,
 * }} Entry
 * @typedef {{ id: string, journal: string, rev: number, box: string, tag?: string, sha256: string
 *    }} Sealed
 */

/** Somebody wrote to this entry from another device; both texts are here. */
export class ConflictError extends Error {
  /** @param {Entry | null} current */
  constructor(current) {
    super("conflict");
    this.error = "conflict";
    this.current = current;
  }
}

export class Journal extends EventTarget {
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
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    this.cursor = -1;
    this.oldest = Infinity;
    this.complete = false;
    /** @type {Promise<void> | null} */
    this.fetching = null;
    /** What is heard of while it is fetched is fetched once more, and not twice at once. */
    this.pullTask = new CoalescedTask(() => this.pull());
  }

  get kind() {
    return this.shared ? Kind.SHARED_ENTRY : Kind.PRIVATE_ENTRY;
  }

  /** @param {Uint8Array} recordId @param {Uint8Array} authorId @param {number} rev */
  fields(recordId, authorId, rev) {
    return { scopeId: this.id, recordId, authorId, rev };
  }

  /** Newest first, by when the writer says it was written. @returns {Entry[]} */
  get list() {
    return [...this.entries.values()].sort((a, b) => writtenAt(b) - writtenAt(a));
  }

  /**
   * Fetch the newest page, or the next older one; two who ask at once wait for the same.
   * @param {number} [limit]
   * @returns {Promise<void>}
   */
  loadOlder(limit) {
    this.fetching ??= this.fetchOlder(limit).finally(() => (this.fetching = null));
    return this.fetching;
  }

  /** @param {number} [limit] */
  async fetchOlder(limit) {
    if (this.complete) return;
    const asked = new URLSearchParams();
    if (Number.isFinite(this.oldest)) asked.set("before", String(this.oldest));
    if (limit) asked.set("limit", String(limit));
    const { count } = this.journals.rollbackGuard;
    /** @type {{ entries: WireEntry[], place: number }} */
    const { entries, place } = await this.journals.api.get(`${this.path}/entries?${asked}`);
    if (this.cursor < 0) this.cursor = place;
    const oldest = olderThan(this.oldest, entries);
    await Promise.all(entries.map((entry) => this.ingest(entry, count)));
    this.oldest = oldest;
    this.complete = !entries.length || this.oldest <= 1 || this.cursor === 0;
    this.dispatchEvent(new Event("changed"));
  }

  /** Fetch every page there is. @returns {Promise<void>} */
  async loadAll() {
    while (!this.complete) await this.loadOlder(MAX_PAGE_SIZE);
  }

  /** Fetch what has changed since we last asked. @returns {Promise<void>} */
  async pull() {
    if (this.cursor < 0) return this.loadOlder();
    const { api, rollbackGuard } = this.journals;
    let changed = false;
    let { count } = rollbackGuard;
    try {
      for await (const { entries, place } of changes(api, this.path, this.cursor)) {
        const deleted = entries.filter(isTombstone);
        await rollbackGuard.recordDeletions(deleted);
        for (const { id } of deleted) this.entries.delete(id);
        await Promise.all(entries.filter(isEntry).map((entry) => this.ingest(entry, count)));
        changed ||= entries.length > 0;
        this.cursor = Math.max(this.cursor, place);
        ({ count } = rollbackGuard);
      }
    } finally {
      if (changed) this.dispatchEvent(new Event("changed"));
    }
  }

  /**
   * Fetch one entry; null when there is none.
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

  /** @param {WireEntry} wire @returns {Promise<Entry>} */
  decrypt(wire) {
    return openEntry(this, wire);
  }

  /**
   * Seal the next revision. The bytes are made once and resent as they are.
   * @param {Record<string, any>} doc without `v`
   * @param {{ id?: string, rev?: number }} [which]
   * @returns {Promise<Sealed>}
   */
  async seal(doc, { id = toBase64Url(randomBytes(16)), rev = 1 } = {}) {
    const { session } = this.journals;
    const fields = this.fields(fromBase64Url(id, 16), session.id, rev);
    const box = await sealJson(this.key, this.kind, fields, doc);
    /** @type {Sealed} */
    const sealed = {
      id,
      journal: toBase64Url(this.id),
      rev,
      box: toBase64Url(box),
      sha256: toBase64Url(await sha256(box)),
    };
    if (this.shared) {
      sealed.tag = toBase64Url(
        await makeTag(session.unlockedKeys.authorTag, aad(this.kind, fields), box),
      );
    }
    return sealed;
  }

  /**
   * Send sealed bytes; they are kept only when the server echoes their hash.
   * @param {Sealed} sealed
   * @returns {Promise<Entry>}
   */
  async send(sealed) {
    const { rev, box, tag } = sealed;
    const { count } = this.journals.rollbackGuard;
    let kept;
    try {
      kept = await this.journals.api.put(`${this.path}/entries/${sealed.id}`, { rev, box, tag });
    } catch (error) {
      if (error instanceof ApiError && error.error === "conflict") {
        const { current } = error.body;
        throw new ConflictError(ENTRY(current) ? await this.decrypt(current) : null);
      }
      throw error;
    }
    if (!equal(fromBase64Url(kept.sha256), fromBase64Url(sealed.sha256)))
      throw new NotConnectedError();
    const { born, place } = kept;
    const wire = { ...sealed, author: this.journals.session.account.id, born, place };
    const entry = await this.ingest(wire, count);
    this.dispatchEvent(new Event("changed"));
    return entry;
  }

  /**
   * Write at once, without the outbox: for small things made with a tap.
   * @param {Record<string, any>} doc
   * @param {{ id?: string, rev?: number }} [which]
   */
  async write(doc, which) {
    return this.send(await this.seal({ at: timestamp(), ...doc }, which));
  }

  /** Erase one's own entry, for everyone who could read it. @param {Entry} entry */
  async erase(entry) {
    const { api, trash, rollbackGuard } = this.journals;
    const { id } = entry;
    const rev = entry.rev + 1;
    await trash.trashThenDelete(this, entry, async () => {
      const { place } = await api.delete(`${this.path}/entries/${id}`, { rev });
      await rollbackGuard.recordDeletions([{ id, rev, place }]);
    });
    this.entries.delete(entry.id);
    this.dispatchEvent(new Event("changed"));
  }
}

/**
 * Read once of each document: sorting ten thousand asks for it a quarter of a million times.
 * @type {WeakMap<Doc, number>}
 */
const TIMES = new WeakMap();

/** @param {Entry} entry @returns {number} milliseconds */
export function writtenAt({ doc }) {
  if (!doc) return 0;
  const time = TIMES.get(doc) ?? (Date.parse(doc.at) || 0);
  TIMES.set(doc, time);
  return time;
}
