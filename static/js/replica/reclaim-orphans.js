/**
 * When a space has ended, its unsent drafts and queued entries are encrypted again as private ones,
 * so that nothing written disappears. Dispatches "reclaimed" on the journals when that is done.
 * Runs without a DOM.
 */

import { toBase64Url, sha256, fromBase64Url } from "../crypto/bytes.js";
import { open, openJson } from "../crypto/envelope.js";
import { namedId } from "../crypto/named.js";
import { sealFile } from "./attachments.js";
import { Kind } from "../crypto/kinds.js";

/**
 * @typedef {import("./journals.js").Journals} Journals
 * @typedef {import("./drafts.js").Draft} Draft
 * @typedef {import("./outbox.js").QueuedEntry} Parcel
 */

const LOCK = "shared-space/coming-home"; // one tab at a time, or there would be two copies

/**
 * Whether a draft was meant for a space that has ended. If the server no longer mentions a space,
 * or sends an inconsistent one, that is not its end (see session/space-keys.js).
 * @param {Journals} journals
 * @param {Draft} draft
 */
export function isOrphaned({ session: { spaces } }, draft) {
  if (!draft.shared) return false;
  return draft.space ? spaces.hasEnded(draft.space) : !spaces.active && !spaces.isUncertain;
}

/**
 * Return the same draft as a private one, under an id that is the same in every tab.
 * @param {Journals} journals
 * @param {Draft} draft
 * @returns {Promise<Draft>}
 */
export async function toPrivateDraft(journals, draft) {
  const id = await reclaimedId(journals, draft.id);
  const type = draft.type === "answer" ? "note" : draft.type;
  return { ...draft, id, type, rev: 1, shared: false, space: "", files: [] };
}

/**
 * @param {Journals} journals
 * @param {string} id
 */
async function reclaimedId({ session }, id) {
  return toBase64Url(await namedId(session.unlockedKeys.names, session.id, `home/${id}`));
}

/**
 * Reclaim the orphans on this device.
 * @param {Journals} journals
 */
export async function reclaimOrphans(journals) {
  if (journals.session.state !== "unlocked") return;
  await navigator.locks.request(LOCK, async () => {
    let came = false;
    for (const parcel of await journals.outbox.pending()) {
      came = (await reclaimEntry(journals, parcel)) || came;
    }
    for (const draft of await journals.drafts.all()) {
      if (!isOrphaned(journals, draft) || draft.id === journals.openDraft?.id) continue;
      // the screen that has it open has reclaimed it
      if (!(await journals.drafts.get(draft.id))) continue;
      if (draft.text || draft.spoken || draft.feelings.length) {
        await journals.drafts.save(await toPrivateDraft(journals, draft));
        came = true;
      }
      await journals.drafts.delete(draft.id);
    }
    if (came) journals.dispatchEvent(new Event("reclaimed"));
  });
}

/**
 * @param {Journals} journals
 * @param {Parcel} parcel
 * @returns {Promise<boolean>} whether it was reclaimed
 */
async function reclaimEntry(journals, parcel) {
  const { session, deviceStore, drafts, individual, outbox } = journals;
  const ended = journals.archives.find((journal) => toBase64Url(journal.id) === parcel.journal);
  if (!ended) return false;
  const there = await ended.fetch(parcel.id); // it may have been delivered before the end
  if (!there || there.rev < parcel.rev) {
    const fields = ended.fields(fromBase64Url(parcel.id, 16), session.id, parcel.rev);
    const { v: _, ...doc } = await openJson(
      ended.key,
      Kind.SHARED_ENTRY,
      fields,
      fromBase64Url(parcel.box),
    );
    const id = await reclaimedId(journals, parcel.id);
    const { notes, files } = await resealFiles(journals, parcel, ended, id, doc.files ?? []);
    const sealed = await individual.seal({ ...doc, files: notes }, { id });
    await outbox.sendNow(sealed, files, { stamp: parcel.stamp, spoken: parcel.spoken });
  }
  await deviceStore.remove("outbox", parcel.id);
  const draft = await drafts.get(parcel.id);
  // the draft has changed since: it is reclaimed, too
  if (draft?.stamp === parcel.stamp) await drafts.delete(parcel.id);
  return !there || there.rev < parcel.rev;
}

/**
 * Seal the files of a queued entry again, for the individual journal.
 * @param {Journals} journals
 * @param {Parcel} parcel
 * @param {import("./journal.js").Journal} ended
 * @param {string} id the private entry's
 * @param {import("./attachments.js").FileNote[]} fileNotes
 */
async function resealFiles(journals, parcel, ended, id, fileNotes) {
  const context = await sha256(fromBase64Url(parcel.id, 16));
  const notes = [];
  const files = [];
  for (const { id: name, sha256: _, ...about } of fileNotes) {
    const file = parcel.files?.find((file) => file.id === name);
    if (!file) continue; // an earlier revision delivered it, and it stays readable there
    const fields = { ...ended.fields(fromBase64Url(name, 16), journals.session.id, 1), context };
    const bytes = await open(ended.key, Kind.SHARED_FILE, fields, file.box);
    const { note, parcel: sealed } = await sealFile(journals.individual, id, bytes, about);
    notes.push(note);
    files.push(sealed);
  }
  return { notes, files };
}
