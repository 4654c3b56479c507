/** Attachments: one sealed box each (protocol §5, kinds 11 and 21), beside their entry. */

import { checkTag, makeTag } from "../crypto/author-tag.js";
import { b64, equal, randomBytes, sha256, unb64 } from "../crypto/bytes.js";
import { aad, open, seal } from "../crypto/envelope.js";
import { isOurPicture } from "../keepsakes/picture-header.js";

/**
 * @typedef {{ id: string, sha256: string, mime: string, name: string, seconds?: number,
 *   width?: number, height?: number, small?: boolean }} FileNote
 */

/**
 * @param {import("./journal.js").Journal} journal
 * @param {string} entryId
 * @param {string} id
 * @param {Uint8Array} author
 */
async function fields(journal, entryId, id, author) {
  const context = await sha256(unb64(entryId, 16));
  return { scopeId: journal.id, recordId: unb64(id, 16), authorId: author, rev: 1, context };
}

/**
 * Seal a file for an entry.
 * @param {import("./journal.js").Journal} journal
 * @param {string} entryId
 * @param {Uint8Array} bytes
 * @param {Omit<FileNote, "id" | "sha256">} about
 * @returns {Promise<{ note: FileNote, parcel: { id: string, box: Uint8Array, tag?: string } }>}
 */
export async function sealFile(journal, entryId, bytes, about) {
  const kind = journal.shared ? 0x21 : 0x11;
  const id = b64(randomBytes(16));
  const { session } = journal.home;
  const where = await fields(journal, entryId, id, session.id);
  const box = await seal(journal.key, kind, where, bytes);
  const note = { id, sha256: b64(await sha256(box)), ...about };
  if (!journal.shared) return { note, parcel: { id, box } };
  const tag = b64(await makeTag(session.opened.authorTag, aad(kind, where), box));
  return { note, parcel: { id, box, tag } };
}

/**
 * Fetch a file and open it; it must be the one that its entry names.
 * @param {import("./journal.js").Journal} journal
 * @param {import("./journal.js").Entry} entry
 * @param {FileNote} note
 * @returns {Promise<Blob>}
 */
export async function openFile(journal, entry, note) {
  const kind = journal.shared ? 0x21 : 0x11;
  const path = `${journal.path}/entries/${entry.id}/attachments/${note.id}`;
  const { box, tag } = await journal.home.api.getBox(path);
  if (!equal(await sha256(box), unb64(note.sha256))) throw new Error("another file");
  const where = await fields(journal, entry.id, note.id, unb64(entry.author, 16));
  if (journal.shared && entry.mine) {
    const { authorTag } = journal.home.session.opened;
    const right = tag && (await checkTag(authorTag, aad(kind, where), box, unb64(tag, 32)));
    if (!right) throw new Error("not one's own");
  }
  const bytes = await open(journal.key, kind, where, box);
  return new Blob([/** @type {BlobPart} */ (bytes)], { type: safeType(note.mime, bytes) });
}

/**
 * Only sounds are played and only pictures as we make them are shown, whatever a note says.
 * @param {string} mime
 * @param {Uint8Array} bytes
 */
function safeType(mime, bytes) {
  if (/^audio\/(webm|mp4|ogg|mpeg)$/.test(mime)) return mime;
  return mime === "image/jpeg" && isOurPicture(bytes) ? mime : "application/octet-stream";
}
