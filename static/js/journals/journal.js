/**
 * One journal, individual or shared: its entries opened, written, erased (protocol §9).
 * Knows no DOM. Says "changed" when what it holds has changed.
 */

import { clock } from "../clock.js";
import { makeTag } from "../crypto/author-tag.js";
import { b64, equal, randomBytes, sha256, unb64 } from "../crypto/bytes.js";
import { aad, sealJson } from "../crypto/envelope.js";
import { ENTRY } from "../net/answers.js";
import { ApiError, NotConnected } from "../net/api.js";
import { Keeping } from "./keeping.js";
import { openEntry } from "./open-entry.js";
import { changes, isEntry, isTombstone, olderThan } from "./pages.js";

const PRIVATE = 0x10;
const SHARED = 0x20;
const MOST = 500; // entries in one answer, where all of them are wanted

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
export class Conflict extends Error {
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
    this.home = home;
    this.id = id;
    this.key = key;
    this.names = names;
    this.members = members;
    this.shared = shared;
    this.writable = writable;
    this.path = `/journals/${b64(id)}`;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    this.place = -1;
    this.oldest = Infinity;
    this.complete = false;
    /** @type {Promise<void> | null} */
    this.fetching = null;
    /** What is heard of while it is fetched is fetched once more, and not twice at once. */
    this.news = new Keeping(() => this.sync());
  }

  get kind() {
    return this.shared ? SHARED : PRIVATE;
  }

  /** @param {Uint8Array} recordId @param {Uint8Array} authorId @param {number} rev */
  fields(recordId, authorId, rev) {
    return { scopeId: this.id, recordId, authorId, rev };
  }

  /** Newest first, by when the writer says it was written. @returns {Entry[]} */
  get list() {
    return [...this.entries.values()].sort((one, other) => when(other) - when(one));
  }

  /**
   * Fetch the newest page, or the next older one; two who ask at once wait for the same.
   * @param {number} [limit]
   * @returns {Promise<void>}
   */
  older(limit) {
    this.fetching ??= this.fetchOlder(limit).finally(() => (this.fetching = null));
    return this.fetching;
  }

  /** @param {number} [limit] */
  async fetchOlder(limit) {
    if (this.complete) return;
    const asked = new URLSearchParams();
    if (Number.isFinite(this.oldest)) asked.set("before", String(this.oldest));
    if (limit) asked.set("limit", String(limit));
    const { count } = this.home.seen;
    /** @type {{ entries: WireEntry[], place: number }} */
    const { entries, place } = await this.home.api.get(`${this.path}/entries?${asked}`);
    if (this.place < 0) this.place = place;
    const oldest = olderThan(this.oldest, entries);
    await Promise.all(entries.map((entry) => this.take(entry, count)));
    this.oldest = oldest;
    this.complete = !entries.length || this.oldest <= 1 || this.place === 0;
    this.dispatchEvent(new Event("changed"));
  }

  /** Fetch every page there is. @returns {Promise<void>} */
  async all() {
    while (!this.complete) await this.older(MOST);
  }

  /** Fetch what has changed since we last asked. @returns {Promise<void>} */
  async sync() {
    if (this.place < 0) return this.older();
    const { api, seen } = this.home;
    let changed = false;
    let { count } = seen;
    try {
      for await (const { entries, place } of changes(api, this.path, this.place)) {
        const deleted = entries.filter(isTombstone);
        await seen.bury(deleted);
        for (const { id } of deleted) this.entries.delete(id);
        await Promise.all(entries.filter(isEntry).map((entry) => this.take(entry, count)));
        changed ||= entries.length > 0;
        this.place = Math.max(this.place, place);
        ({ count } = seen);
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
    const { count } = this.home.seen;
    try {
      await this.take(await this.home.api.get(`${this.path}/entries/${id}`), count);
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
  async take(wire, count) {
    const entry = await this.open(wire);
    const overtaken =
      ["older", "deleted"].includes(entry.trouble) && this.home.seen.since(wire.id, count);
    if (!overtaken) this.entries.set(wire.id, entry);
    return entry;
  }

  /** @param {WireEntry} wire @returns {Promise<Entry>} */
  open(wire) {
    return openEntry(this, wire);
  }

  /**
   * Seal the next revision. The bytes are made once and resent as they are.
   * @param {Record<string, any>} doc without `v`
   * @param {{ id?: string, rev?: number }} [which]
   * @returns {Promise<Sealed>}
   */
  async seal(doc, { id = b64(randomBytes(16)), rev = 1 } = {}) {
    const { session } = this.home;
    const fields = this.fields(unb64(id, 16), session.id, rev);
    const box = await sealJson(this.key, this.kind, fields, doc);
    /** @type {Sealed} */
    const sealed = {
      id,
      journal: b64(this.id),
      rev,
      box: b64(box),
      sha256: b64(await sha256(box)),
    };
    if (this.shared) {
      sealed.tag = b64(await makeTag(session.opened.authorTag, aad(this.kind, fields), box));
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
    const { count } = this.home.seen;
    let kept;
    try {
      kept = await this.home.api.put(`${this.path}/entries/${sealed.id}`, { rev, box, tag });
    } catch (error) {
      if (error instanceof ApiError && error.error === "conflict") {
        const { current } = error.body;
        throw new Conflict(ENTRY(current) ? await this.open(current) : null);
      }
      throw error;
    }
    if (!equal(unb64(kept.sha256), unb64(sealed.sha256))) throw new NotConnected();
    const { born, place } = kept;
    const wire = { ...sealed, author: this.home.session.known.id, born, place };
    const entry = await this.take(wire, count);
    this.dispatchEvent(new Event("changed"));
    return entry;
  }

  /**
   * Write at once, without the outbox: for small things made with a tap.
   * @param {Record<string, any>} doc
   * @param {{ id?: string, rev?: number }} [which]
   */
  async write(doc, which) {
    return this.send(await this.seal({ at: now(), ...doc }, which));
  }

  /** Erase one's own entry, for everyone who could read it. @param {Entry} entry */
  async erase(entry) {
    const { api, removed, seen } = this.home;
    const { id } = entry;
    const rev = entry.rev + 1;
    await removed.keepWhile(this, entry, async () => {
      const { place } = await api.delete(`${this.path}/entries/${id}`, { rev });
      await seen.bury([{ id, rev, place }]);
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
export function when({ doc }) {
  if (!doc) return 0;
  const time = TIMES.get(doc) ?? (Date.parse(doc.at) || 0);
  TIMES.set(doc, time);
  return time;
}

/** The time that two people share, with this place's offset (RFC 3339). @returns {string} */
export function now() {
  const date = clock.date;
  const offset = -date.getTimezoneOffset();
  const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const two = (/** @type {number} */ number) =>
    String(Math.floor(Math.abs(number))).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}
