/** Attachments: one sealed box each (protocol §5, kinds 11 and 21), stored beside their entry. */

import { checkTag, makeTag } from "../crypto/author-tag.js";
import { toBase64Url, equal, randomBytes, sha256, fromBase64Url } from "../crypto/bytes.js";
import { aad, open, seal } from "../crypto/envelope.js";
import { isOurPicture } from "./picture-header.js";
import { Kind } from "../crypto/kinds.js";

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
  const context = await sha256(fromBase64Url(entryId, 16));
  return {
    scopeId: journal.id,
    recordId: fromBase64Url(id, 16),
    authorId: author,
    rev: 1,
    context,
  };
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
  const kind = journal.shared ? Kind.SHARED_FILE : Kind.PRIVATE_FILE;
  const id = toBase64Url(randomBytes(16));
  const { session } = journal.journals;
  const where = await fields(journal, entryId, id, session.id);
  const box = await seal(journal.key, kind, where, bytes);
  const note = { id, sha256: toBase64Url(await sha256(box)), ...about };
  if (!journal.shared) return { note, parcel: { id, box } };
  const tag = toBase64Url(await makeTag(session.unlockedKeys.authorTag, aad(kind, where), box));
  return { note, parcel: { id, box, tag } };
}

/**
 * Fetch a file and open it; it must have the hash that its entry states.
 * @param {import("./journal.js").Journal} journal
 * @param {import("./journal.js").Entry} entry
 * @param {FileNote} note
 * @param {AbortSignal} [signal] ends the request
 * @returns {Promise<Blob>}
 */
export async function openFile(journal, entry, note, signal) {
  const kind = journal.shared ? Kind.SHARED_FILE : Kind.PRIVATE_FILE;
  const path = `${journal.path}/entries/${entry.id}/attachments/${note.id}`;
  const { box, tag } = await journal.journals.api.getBox(path, { signal });
  if (!equal(await sha256(box), fromBase64Url(note.sha256))) throw new Error("another file");
  const where = await fields(journal, entry.id, note.id, fromBase64Url(entry.author, 16));
  if (journal.shared && entry.mine) {
    const { authorTag } = journal.journals.session.unlockedKeys;
    const right = tag && (await checkTag(authorTag, aad(kind, where), box, fromBase64Url(tag, 32)));
    if (!right) throw new Error("not one's own");
  }
  const bytes = await open(journal.key, kind, where, box);
  return new Blob([/** @type {BlobPart} */ (bytes)], { type: safeType(note.mime, bytes) });
}

/**
 * Return the type if it is a sound, or a picture in our own format, whatever the note claims.
 * @param {string} mime
 * @param {Uint8Array} bytes
 */
function safeType(mime, bytes) {
  if (/^audio\/(webm|mp4|ogg|mpeg)$/.test(mime)) return mime;
  return mime === "image/jpeg" && isOurPicture(bytes) ? mime : "application/octet-stream";
}
