/** Finding or starting the draft of an entry. Runs without a DOM. */

import { timestamp } from "../clock.js";
import { randomBytes, toBase64Url } from "../crypto/bytes.js";
import { DraftEditor } from "./draft-editor.js";
import { isTimeLocked } from "./time-lock.js";

/**
 * Start a new entry, resume a draft, or edit an existing entry.
 * @param {import("./journals.js").Journals} journals
 * @param {string} id "" for a new entry
 * @param {"note" | "letter"} [kind] the type of a new entry
 * @returns {Promise<DraftEditor | null>} null if that id does not exist
 */
export async function openDraft(journals, id, kind = "note") {
  const kept = id ? await journals.drafts.get(id) : null;
  if (kept)
    return kept.shared || !journals.pinLock.isLocked ? new DraftEditor(journals, kept) : null;
  if (!id) {
    return new DraftEditor(journals, {
      id: toBase64Url(randomBytes(16)),
      rev: 1,
      shared: false,
      type: kind,
      to: "",
      text: "",
      feelings: [],
      files: [],
      more: {},
      at: timestamp(),
    });
  }
  const entry = journals.individual.entries.get(id) ?? journals.shared?.entries.get(id);
  if (
    !entry?.doc ||
    !entry.mine ||
    isTimeLocked(entry.doc) ||
    (!entry.shared && journals.pinLock.isLocked)
  )
    return null;
  const { v: _, type: was, text = "", to = "", feelings = [], files = [], at, ...more } = entry.doc;
  const type = was === "letter" ? "letter" : "note";
  const { shared } = entry;
  return new DraftEditor(journals, {
    id,
    rev: entry.rev + 1,
    shared,
    type,
    to,
    text,
    feelings,
    files,
    more,
    at,
  });
}
