/** Writes everything that can be decrypted to one archive. Runs without a DOM. */

import { fromBase64Url } from "../crypto/bytes.js";
import { ArchiveWriter, FORMAT, VERSION } from "./export-archive.js";

/** @type {Record<string, string>} */
const ENDINGS = {
  "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg", "audio/mpeg": "mp3",
  "image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/avif": "avif",
}; // prettier-ignore

/**
 * @param {import("./export-reader.js").ExportReader} gathering
 * @param {{ id: string, login: string }} me
 * @param {Date} now
 * @returns {Promise<Blob>}
 */
export async function writeArchive(gathering, me, now) {
  const writer = new ArchiveWriter(now);
  await writer.head({
    format: FORMAT,
    version: VERSION,
    made: now.toISOString(),
    login: me.login,
    account: me.id,
    journals: gathering.list,
  });
  for await (const { journal, entry, line } of gathering.entries()) {
    for await (const { note, bytes } of gathering.files(journal, entry)) {
      line.files[note.id] = fileName(note.id, note.mime);
      await writer.file(fileName(note.id, note.mime), bytes);
    }
    await writer.line("entries", line);
  }
  for await (const line of gathering.answers()) {
    for (const answer of line.answers) {
      const { audio, ...said } = answer.said;
      if (typeof audio?.data !== "string") continue;
      const { data, ...about } = audio;
      const file = fileName(answer.id, String(about.mime));
      await writer.file(file, fromBase64Url(data));
      answer.said = { ...said, audio: { ...about, file } };
    }
    await writer.line("answers", line);
  }
  return writer.finish();
}

/**
 * @param {string} id
 * @param {string} mime
 */
function fileName(id, mime) {
  return `files/${id}.${ENDINGS[mime] ?? "bin"}`;
}
