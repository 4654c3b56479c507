/**
 * When a space has ended, drafts and queued entries that were meant for it are encrypted anew as
 * private ones, so that nothing written is gone. Dispatches "reclaimed" on the journals. Knows no
 * DOM.
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
 * Whether a page was meant for a space that has ended. That the server says nothing of a space
 * any more, or something that does not fit, is not its end (see session/space-keys.js).
 * @param {Journals} journals
 * @param {Draft} draft
 */
export function isOrphaned({ session: { spaces } }, draft) {
  if (!draft.shared) return false;
  return draft.space ? spaces.hasEnded(draft.space) : !spaces.active && !spaces.isUncertain;
}

/**
 * The same page as one's own, under an id that is the same in every tab.
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
 * Bring home what is stranded on this device.
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
      if (!(await journals.drafts.get(draft.id))) continue; // its open page has brought it
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
 * @returns {Promise<boolean>} whether it was brought
 */
async function reclaimEntry(journals, parcel) {
  const { session, deviceStore, drafts, individual, outbox } = journals;
  const ended = journals.archives.find((one) => toBase64Url(one.id) === parcel.journal);
  if (!ended) return false;
  const there = await ended.fetch(parcel.id); // it may have arrived before the end
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
  // more was written: it comes home too
  if (draft?.stamp === parcel.stamp) await drafts.delete(parcel.id);
  return !there || there.rev < parcel.rev;
}

/**
 * Seal the files of a parcel anew, for oneself.
 * @param {Journals} journals
 * @param {Parcel} parcel
 * @param {import("./journal.js").Journal} ended
 * @param {string} id the entry's at home
 * @param {import("./attachments.js").FileNote[]} told
 */
async function resealFiles(journals, parcel, ended, id, told) {
  const context = await sha256(fromBase64Url(parcel.id, 16));
  const notes = [];
  const files = [];
  for (const { id: name, sha256: _, ...about } of told) {
    const file = parcel.files?.find((one) => one.id === name);
    if (!file) continue; // it arrived with an earlier version, and stays readable there
    const fields = { ...ended.fields(fromBase64Url(name, 16), journals.session.id, 1), context };
    const bytes = await open(ended.key, Kind.SHARED_FILE, fields, file.box);
    const { note, parcel: sealed } = await sealFile(journals.individual, id, bytes, about);
    notes.push(note);
    files.push(sealed);
  }
  return { notes, files };
}
