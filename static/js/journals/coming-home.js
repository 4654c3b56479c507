/**
 * Words that were meant for a space that has ended stay their writer's: an unfinished page or
 * answer becomes a page of their own, and what was saved and never arrived becomes an entry of
 * their own. Says "came-home" on the journals. Knows no DOM.
 */

import { b64, sha256, unb64 } from "../crypto/bytes.js";
import { open, openJson } from "../crypto/envelope.js";
import { namedId } from "../crypto/named.js";
import { sealFile } from "./files.js";

/**
 * @typedef {import("./journals.js").Journals} Journals
 * @typedef {import("./drafts.js").Draft} Draft
 * @typedef {import("./outbox.js").Parcel} Parcel
 */

const LOCK = "shared-space/coming-home"; // one tab at a time, or there would be two copies

/**
 * Whether a page was meant for a space that has ended. That the server says nothing of a space
 * any more, or something that does not fit, is not its end (see session/space-keys.js).
 * @param {Journals} journals
 * @param {Draft} draft
 */
export function isStranded({ session: { spaces } }, draft) {
  if (!draft.shared) return false;
  return draft.space ? spaces.hasEnded(draft.space) : !spaces.active && !spaces.unsure;
}

/**
 * The same page as one's own, under an id that is the same in every tab.
 * @param {Journals} journals
 * @param {Draft} draft
 * @returns {Promise<Draft>}
 */
export async function atHome(journals, draft) {
  const id = await homeId(journals, draft.id);
  const type = draft.type === "answer" ? "note" : draft.type;
  return { ...draft, id, type, rev: 1, shared: false, space: "", files: [] };
}

/** @param {Journals} journals @param {string} id */
async function homeId({ session }, id) {
  return b64(await namedId(session.opened.names, session.id, `home/${id}`));
}

/** Bring home what is stranded on this device. @param {Journals} journals */
export async function comeHome(journals) {
  if (journals.session.state !== "open") return;
  await navigator.locks.request(LOCK, async () => {
    let came = false;
    for (const parcel of await journals.outbox.waiting()) {
      came = (await bringParcel(journals, parcel)) || came;
    }
    for (const draft of await journals.drafts.all()) {
      if (!isStranded(journals, draft) || draft.id === journals.writing?.id) continue;
      if (!(await journals.drafts.get(draft.id))) continue; // its open page has brought it
      if (draft.text || draft.spoken || draft.feelings.length) {
        await journals.drafts.keep(await atHome(journals, draft));
        came = true;
      }
      await journals.drafts.drop(draft.id);
    }
    if (came) journals.dispatchEvent(new Event("came-home"));
  });
}

/**
 * @param {Journals} journals
 * @param {Parcel} parcel
 * @returns {Promise<boolean>} whether it was brought
 */
async function bringParcel(journals, parcel) {
  const { session, vault, drafts, individual, outbox } = journals;
  const ended = journals.archives.find((one) => b64(one.id) === parcel.journal);
  if (!ended) return false;
  const there = await ended.fetch(parcel.id); // it may have arrived before the end
  if (!there || there.rev < parcel.rev) {
    const fields = ended.fields(unb64(parcel.id, 16), session.id, parcel.rev);
    const { v: _, ...doc } = await openJson(ended.key, 0x20, fields, unb64(parcel.box));
    const id = await homeId(journals, parcel.id);
    const { notes, files } = await bringFiles(journals, parcel, ended, id, doc.files ?? []);
    const sealed = await individual.seal({ ...doc, files: notes }, { id });
    await outbox.post(sealed, files, { stamp: parcel.stamp, spoken: parcel.spoken });
  }
  await vault.remove("outbox", parcel.id);
  const draft = await drafts.get(parcel.id);
  // more was written: it comes home too
  if (draft?.stamp === parcel.stamp) await drafts.drop(parcel.id);
  return !there || there.rev < parcel.rev;
}

/**
 * Seal the files of a parcel anew, for oneself.
 * @param {Journals} journals
 * @param {Parcel} parcel
 * @param {import("./journal.js").Journal} ended
 * @param {string} id the entry's at home
 * @param {import("./files.js").FileNote[]} told
 */
async function bringFiles(journals, parcel, ended, id, told) {
  const context = await sha256(unb64(parcel.id, 16));
  const notes = [];
  const files = [];
  for (const { id: name, sha256: _, ...about } of told) {
    const file = parcel.files?.find((one) => one.id === name);
    if (!file) continue; // it arrived with an earlier version, and stays readable there
    const fields = { ...ended.fields(unb64(name, 16), journals.session.id, 1), context };
    const bytes = await open(ended.key, 0x21, fields, file.box);
    const { note, parcel: sealed } = await sealFile(journals.individual, id, bytes, about);
    notes.push(note);
    files.push(sealed);
  }
  return { notes, files };
}
