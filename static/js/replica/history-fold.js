/** Folds the writes of a journal into the heads of its history (protocol §19). Pure. */

import { fromBase64Url } from "../crypto/bytes.js";
import { nextHead, unknownLeaf, writeLeaf } from "../crypto/history-chain.js";

/**
 * `hash` is SHA-256 of the box, or null for a deletion; `witness` is what the box says of the
 * history that its author had checked.
 * @typedef {{ place: number, head: Uint8Array }} Point
 * @typedef {{ id: string, author: string, rev: number, place: number, hash: Uint8Array | null,
 *   witness?: Point | null }} Write
 * @typedef {Map<number, Write>} Writes by place
 */

/**
 * Return the first place without a write, or 0.
 * @param {number} after
 * @param {number} upTo
 * @param {Writes} writes
 */
export function firstGap(after, upTo, writes) {
  for (let place = after + 1; place <= upTo; place++) if (!writes.has(place)) return place;
  return 0;
}

/**
 * Fold every write from a point on. A place without a write counts as unknown.
 * @param {Uint8Array} journal 16 bytes
 * @param {Point} from
 * @param {number} upTo
 * @param {Writes} writes
 * @returns {Promise<Uint8Array[]>} the heads from that point to `upTo`
 */
export async function foldHeads(journal, from, upTo, writes) {
  const heads = [from.head];
  let head = from.head;
  for (let place = from.place + 1; place <= upTo; place++) {
    const write = writes.get(place);
    const leaf = write
      ? await writeLeaf(journal, place, {
          entry: fromBase64Url(write.id, 16),
          author: fromBase64Url(write.author, 16),
          rev: write.rev,
          hash: write.hash,
        })
      : await unknownLeaf(journal, place);
    head = await nextHead(head, leaf);
    heads.push(head);
  }
  return heads;
}

/**
 * Follow each entry through the writes of a range.
 * @param {number} after
 * @param {number} upTo
 * @param {Writes} writes
 * @returns {{ last: Map<string, Write>, added: Set<string>, deleted: Set<string>, broken: number }}
 *   the last write of each entry, the entries that began and those that had stood and were deleted,
 *   and the last place whose write does not follow on the one before it, or 0
 */
export function followEntries(after, upTo, writes) {
  /** @type {Map<string, Write>} */
  const last = new Map();
  /** @type {Set<string>} */
  const added = new Set();
  /** @type {Set<string>} */
  const deleted = new Set();
  let broken = 0;
  for (let place = after + 1; place <= upTo; place++) {
    const write = writes.get(place);
    if (!write) continue;
    const before = last.get(write.id);
    const follows =
      !before || (before.hash && before.author === write.author && before.rev + 1 === write.rev);
    if (!follows) broken = place;
    if (write.hash && write.rev === 1) added.add(write.id);
    if (!write.hash && !added.delete(write.id)) deleted.add(write.id);
    last.set(write.id, write);
  }
  return { last, added, deleted, broken };
}
