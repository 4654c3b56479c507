/**
 * Decrypts one entry from the server and judges its authenticity (protocol §9). Runs without a DOM.
 */

import { checkTag } from "../crypto/author-tag.js";
import { fromBase64Url } from "../crypto/bytes.js";
import { aad, openJson } from "../crypto/envelope.js";
import { natural } from "../net/shapes.js";

/**
 * @typedef {import("./journal.js").Entry} Entry
 * @typedef {import("./journal.js").Doc} Doc
 */

/**
 * @param {import("./journal-entries.js").JournalEntries} journal
 * @param {import("../net/types.js").WireEntry} wire
 * @returns {Promise<Entry>} `doc` is null if none of it may be shown
 */
export async function openEntry(journal, wire) {
  const { session, rollbackGuard } = journal.journals;
  const { id, author, rev, born, place } = wire;
  const { kind, shared } = journal;
  const mine = author === session.account.id;
  /** @type {Entry} */
  const entry = { id, author, mine, shared, rev, born, place, doc: null, trouble: "" };
  let fields, box;
  try {
    fields = journal.fields(fromBase64Url(id, 16), fromBase64Url(author, 16), rev);
    box = fromBase64Url(wire.box);
    const { chain, ...doc } = await openJson(journal.key, kind, fields, box);
    entry.doc = /** @type {Doc} */ (doc);
    entry.witness = readWitness(chain);
  } catch (error) {
    const newer = error instanceof Error && error.name === "NewerVersion";
    entry.trouble = newer ? "newer" : "cannot-open";
    return entry;
  }
  if (shared && mine) {
    const additionalData = aad(kind, fields);
    const check = async () =>
      checkTag(
        session.unlockedKeys.authorTag,
        additionalData,
        box,
        fromBase64Url(wire.tag ?? "", 32),
      );
    if (!(await check().catch(() => false))) entry.trouble = "forged";
  }
  const stale = await rollbackGuard.check(id, rev);
  if (stale) entry.trouble = stale;
  if (stale === "deleted") entry.doc = null; // its author deleted it, and wants it read no more
  return entry;
}

/**
 * What a document says of its journal's history (protocol §19). It is for the check alone, so that
 * it is no part of the document that is shown, changed or exported.
 * @param {any} chain
 * @returns {import("./history-fold.js").Point | null}
 */
function readWitness(chain) {
  try {
    const { place, head } = chain;
    return natural(place) ? { place, head: fromBase64Url(head, 32) } : null;
  } catch {
    return null;
  }
}
