/** The hash chain over a journal's writes (protocol §19). Pure. */

import { u64 } from "./big-endian.js";
import { concat, sha256, utf8 } from "./bytes.js";

const VERSION = new Uint8Array([1]);
const START = concat(utf8("ss/v1/chain/start"), VERSION);
const WRITE = concat(utf8("ss/v1/chain/write"), VERSION);
const HEAD = concat(utf8("ss/v1/chain/head"), VERSION);
const ERASED = new Uint8Array([0]);
const BOX = new Uint8Array([1]);
const UNKNOWN = new Uint8Array([2]);
const NO_HASH = new Uint8Array(32);
const NO_ID = new Uint8Array(16);

/**
 * The head of a journal whose history begins after a place.
 * @param {Uint8Array} journal 16 bytes
 * @param {number} place
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function startHead(journal, place) {
  return sha256(concat(START, journal, u64(place)));
}

/**
 * The hash that stands for one write.
 * @param {Uint8Array} journal 16 bytes
 * @param {number} place
 * @param {{ entry: Uint8Array, author: Uint8Array, rev: number, hash: Uint8Array | null }} write
 *   ids of 16 bytes; `hash` is SHA-256 of the box, or null for a deletion
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function writeLeaf(journal, place, { entry, author, rev, hash }) {
  const form = hash ? BOX : ERASED;
  return sha256(concat(WRITE, journal, u64(place), entry, u64(rev), form, hash ?? NO_HASH, author));
}

/**
 * The leaf of a write which nobody can name any more, and that a person has accepted as such.
 * @param {Uint8Array} journal 16 bytes
 * @param {number} place
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function unknownLeaf(journal, place) {
  return sha256(concat(WRITE, journal, u64(place), NO_ID, u64(0), UNKNOWN, NO_HASH, NO_ID));
}

/**
 * @param {Uint8Array} before 32 bytes, the head of the place before
 * @param {Uint8Array} leaf 32 bytes
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function nextHead(before, leaf) {
  return sha256(concat(HEAD, before, leaf));
}
