/**
 * Delivers letters that are shared from a day on. Such a letter stays in its author's journal until
 * then, and is copied to the shared one when the author's page is next open, only into the space it
 * was meant for. The copy's id is derived from the letter's, so there is never a second copy. Runs
 * without a DOM.
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { today } from "../calendar-date.js";
import { openFile, sealFile } from "../replica/attachments.js";
import { timestamp } from "../clock.js";

/** @typedef {import("../replica/journal.js").Journal} Journal */
/** @typedef {import("../replica/journal.js").Entry} Entry */

/** @param {import("../days/resurfacing.js").Resurfacing} returns */
export async function deliverDueLetters(returns) {
  const { journals, session } = returns.app;
  const { shared } = journals;
  if (session.state !== "unlocked" || !shared) return;
  const sharedId = toBase64Url(shared.id);
  for (const [id, { gives, space }] of returns.states) {
    if (!gives || gives > today() || space !== sharedId) continue;
    const entry = await journals.individual.find(id);
    if (entry?.doc?.give === sharedId && !entry.doc.given)
      await deliver(journals.individual, shared, entry);
    await returns.update(id, { gives: undefined, space: undefined });
  }
}

/**
 * @param {Journal} individual
 * @param {Journal} shared
 * @param {Entry} entry
 */
async function deliver(individual, shared, entry) {
  const {
    v: _,
    at: ______,
    give: __,
    back: ___,
    opens: ____,
    opened: _____,
    files = [],
    ...doc
  } = /** @type {import("../replica/journal.js").Doc} */ (entry.doc);
  const id = toBase64Url(
    await namedId(
      shared.names,
      shared.members[0] ?? fromBase64Url(entry.author, 16),
      `given/${entry.id}`,
    ),
  );
  if (!(await shared.find(id))) {
    const copies = await Promise.all(
      files.map((/** @type {any} */ note) => copyFile(individual, shared, entry, id, note)),
    );
    const sealed = await shared.seal(
      { ...doc, at: timestamp(), files: copies.map(({ note }) => note) },
      { id },
    );
    const waits = await individual.journals.outbox.sendNow(
      sealed,
      copies.map(({ parcel }) => parcel),
    );
    if (waits) return; // it is in the outbox
  }
  await individual.write({ ...entry.doc, given: true }, { id: entry.id, rev: entry.rev + 1 });
}

/**
 * @param {Journal} from
 * @param {Journal} to
 * @param {Entry} entry
 * @param {string} id
 * @param {import("../replica/attachments.js").FileNote} note
 */
async function copyFile(from, to, entry, id, note) {
  const { id: _, sha256: __, ...about } = note;
  const blob = await openFile(from, entry, note);
  return sealFile(to, id, new Uint8Array(await blob.arrayBuffer()), about);
}
