/** Compares a journal's history with what this device and the other writers know of it. Pure. */

import { equal, sha256, utf8 } from "../crypto/bytes.js";
import { firstGap, foldHeads, followEntries } from "./history-fold.js";

/**
 * @typedef {import("./history-fold.js").Writes} Writes
 * @typedef {import("./history-records.js").HistoryRecord} HistoryRecord
 * @typedef {import("./journal-history.js").Doubt} Doubt
 * @typedef {{ id: Uint8Array, entries: Map<string, import("./journal.js").Entry> }} Held
 * @typedef {{ from: import("./history-fold.js").Point, record?: HistoryRecord, upTo: number,
 *   writes: Writes, account: string }} Known `from`: the record's place or the one before it, or
 *   where the history starts; `writes`: those after it
 * @typedef {{ doubt: Doubt, heads: Uint8Array[], stood: Uint8Array }} Found the heads up to `upTo`,
 *   and the hash of what stands there
 */

/**
 * @param {Held} journal with every entry that stands at `upTo`
 * @param {Known} known
 * @returns {Promise<Found>}
 */
export async function compareHistory(journal, known) {
  const { from, record, upTo, writes } = known;
  const over = record?.over ?? 0;
  const old = record?.heads ?? [];
  const gap = firstGap(Math.max(from.place, over), upTo, writes);
  // A server may claim any number of places: what follows a gap is not folded.
  const end = gap ? Math.max(from.place, record?.place ?? 0) : upTo;
  const folded = await foldHeads(journal.id, from, end, writes);
  const before = old.length ? old.slice(0, old.length - 1 - (record?.place ?? 0) + from.place) : [];
  const heads = [...before, ...folded];
  const headAt = (/** @type {number} */ place) => heads[heads.length - 1 - end + place];
  const stood = await hashOf(journal.entries.keys());
  const say = (/** @type {Doubt} */ doubt) => ({ doubt, heads, stood });

  const last = old.at(-1);
  if (from.place > upTo) return say("changed"); // a start that the journal has not reached
  if (record && last) {
    const same = headAt(record.place);
    if (!same || !equal(same, last)) return say("changed");
  }
  if (gap) return say("withheld");
  const checked = last && record ? record.place : from.place;
  const { last: latest, added, deleted, broken } = followEntries(checked, upTo, writes);
  if (broken > over) return say("changed");
  for (const { id, hash, place } of latest.values()) {
    if (hash && place > over && journal.entries.get(id)?.place !== place) return say("withheld");
  }
  if (last && record) {
    const old = [...journal.entries.keys()].filter((id) => !added.has(id));
    if (!equal(await hashOf([...old, ...deleted]), record.stood)) return say("withheld");
  }
  return say(compareWitnesses(known, headAt));
}

/**
 * Compare the witnesses of what was not compared before. A device without a record compares those
 * of every box: one in a box that is no later than the start says that there was a history. What a
 * writer said before checking this very history, after a restore for instance, is said no more.
 * @param {Known} known
 * @param {(place: number) => Uint8Array | undefined} headAt
 * @returns {Doubt}
 */
function compareWitnesses({ from, record, writes, account }, headAt) {
  const over = record?.over ?? 0;
  const isFirst = !record?.heads.length;
  const compared = isFirst ? over : Math.max(record.place, over);
  /**
   * The place up to which each writer has checked this history.
   * @type {Map<string, number>}
   */
  const agreed = new Map();
  const newest = [...writes.values()].sort((a, b) => b.place - a.place);
  for (const { place, author, witness } of newest) {
    const later = agreed.get(author) ?? 0;
    if (!witness || place <= Math.max(compared, later) || witness.place <= over) continue;
    const head = headAt(witness.place);
    const early = isFirst && witness.place < from.place;
    const fits = witness.place < place && !early && (!head || equal(head, witness.head));
    if (!fits) return author === account ? "device" : "partner";
    if (head) agreed.set(author, Math.max(later, witness.place));
  }
  return "";
}

/**
 * The hash that stands for a set of entries, so that a record has the same size whatever it holds.
 * @param {Iterable<string>} ids
 */
function hashOf(ids) {
  return sha256(utf8([...new Set(ids)].sort().join()));
}
