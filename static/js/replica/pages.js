/**
 * Reads a journal page by page. A server could claim for ever that there is more, so a page without
 * progress ends it with an error. Runs without a DOM.
 */

import { InvalidResponseError } from "../net/api.js";

const HISTORY_LIMIT = 1000; // writes in one answer

/**
 * @typedef {{ id: string, author: string, rev: number, place: number, sha256: string, gone?: true
 *    }} WireWrite `sha256` is missing where `gone` is there
 * @typedef {{ start: number, writes: WireWrite[], place: number, more: boolean }} HistoryPage
 * @typedef {import("../net/types.js").WireEntry} WireEntry
 * @typedef {import("../net/types.js").WireTombstone} WireTombstone
 * @typedef {{ entries: (WireEntry | WireTombstone)[], place: number, more: boolean }} Changes
 * @typedef {Pick<import("../net/api.js").Api, "get">} Reader
 */

/**
 * Yield the changes in a journal since a place, a page at a time.
 * @param {Reader} api
 * @param {string} path the journal's
 * @param {number} after
 * @param {number} [limit] entries in one answer
 * @returns {AsyncGenerator<Changes>}
 * @throws {InvalidResponseError} if the response claims that there is more, but has nothing, or
 *   its place is no later than before
 */
export async function* changes(api, path, after, limit) {
  const most = limit ? `&limit=${limit}` : "";
  for (let more = true; more;) {
    /** @type {Changes} */
    const page = await api.get(`${path}/changes?after=${after}${most}`);
    yield page;
    ({ more } = page);
    if (more && !(page.entries.length && page.place > after))
      throw new InvalidResponseError("changes without progress");
    after = page.place;
  }
}

/**
 * Yield the writes of a journal whose boxes are gone, a page at a time (protocol §19).
 * @param {Reader} api
 * @param {string} path the journal's
 * @param {number} after
 * @returns {AsyncGenerator<HistoryPage>}
 * @throws {InvalidResponseError} if there is said to be more, but the page has nothing, or its
 *   place is no later than before
 */
export async function* historyPages(api, path, after) {
  for (let more = true; more;) {
    /** @type {HistoryPage} */
    const page = await api.get(`${path}/history?after=${after}&limit=${HISTORY_LIMIT}`);
    yield page;
    ({ more } = page);
    if (more && !(page.writes.length && page.place > after))
      throw new InvalidResponseError("history without progress");
    after = page.place;
  }
}

/**
 * Yield every entry of a journal, newest first, a page at a time.
 * @param {Reader} api
 * @param {string} path the journal's
 * @param {number} limit entries in one answer
 * @returns {AsyncGenerator<WireEntry[]>}
 * @throws {InvalidResponseError} if a page is no older than the previous one
 */
export async function* pages(api, path, limit) {
  for (let oldest = Infinity; ;) {
    const before = Number.isFinite(oldest) ? `&before=${oldest}` : "";
    /** @type {{ entries: WireEntry[] }} */
    const { entries } = await api.get(`${path}/entries?limit=${limit}${before}`);
    if (!entries.length) return;
    oldest = olderThan(oldest, entries);
    yield entries;
  }
}

/**
 * Return how far back a page reaches.
 * @param {number} oldest `born` of the oldest entry known before
 * @param {WireEntry[]} entries
 * @returns {number} `born` of the oldest entry known now
 * @throws {InvalidResponseError} if none of it is older
 */
export function olderThan(oldest, entries) {
  const reached = Math.min(...entries.map(({ born }) => born));
  if (entries.length && !(reached < oldest))
    throw new InvalidResponseError("a page that is no older");
  return Math.min(oldest, reached);
}

/**
 * @param {WireEntry | WireTombstone} wire
 * @returns {wire is WireTombstone}
 */
export function isTombstone(wire) {
  return wire.gone === true;
}

/**
 * @param {WireEntry | WireTombstone} wire
 * @returns {wire is WireEntry}
 */
export function isEntry(wire) {
  return !isTombstone(wire);
}
