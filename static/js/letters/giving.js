/**
 * A letter that is for both from a day on: it stays in its writer's journal until then, and is
 * copied to the shared one when the writer's page is next open. Only into the space it was meant
 * for. The copy's id follows from the letter's, so there is never a second one. Knows no DOM.
 */

import { b64, unb64 } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { today } from "../days/dates.js";
import { openFile, sealFile } from "../journals/files.js";
import { now } from "../journals/journal.js";

/** @typedef {import("../journals/journal.js").Journal} Journal */
/** @typedef {import("../journals/journal.js").Entry} Entry */

/** @param {import("../days/returns.js").Returns} returns */
export async function giveWhatIsDue(returns) {
  const { journals, session } = returns.app;
  const { shared } = journals;
  if (session.state !== "open" || !shared) return;
  const here = b64(shared.id);
  for (const [id, { gives, space }] of returns.all) {
    if (!gives || gives > today() || space !== here) continue;
    const entry = await journals.individual.fetch(id);
    if (entry?.doc?.give === here && !entry.doc.given)
      await give(journals.individual, shared, entry);
    await returns.mark(id, { gives: undefined, space: undefined });
  }
}

/** @param {Journal} individual @param {Journal} shared @param {Entry} entry */
async function give(individual, shared, entry) {
  const {
    v: _,
    at: ______,
    give: __,
    back: ___,
    opens: ____,
    opened: _____,
    files = [],
    ...doc
  } = /** @type {import("../journals/journal.js").Doc} */ (entry.doc);
  const id = b64(
    await namedId(shared.names, shared.members[0] ?? unb64(entry.author, 16), `given/${entry.id}`),
  );
  if (!(await shared.fetch(id))) {
    const copies = await Promise.all(
      files.map((/** @type {any} */ note) => copy(individual, shared, entry, id, note)),
    );
    const sealed = await shared.seal(
      { ...doc, at: now(), files: copies.map(({ note }) => note) },
      { id },
    );
    const waits = await individual.home.outbox.post(
      sealed,
      copies.map(({ parcel }) => parcel),
    );
    if (waits) return; // it is on its way
  }
  await individual.write({ ...entry.doc, given: true }, { id: entry.id, rev: entry.rev + 1 });
}

/**
 * @param {Journal} from
 * @param {Journal} to
 * @param {Entry} entry
 * @param {string} id
 * @param {import("../journals/files.js").FileNote} note
 */
async function copy(from, to, entry, id, note) {
  const { id: _, sha256: __, ...about } = note;
  const blob = await openFile(from, entry, note);
  return sealFile(to, id, new Uint8Array(await blob.arrayBuffer()), about);
}
