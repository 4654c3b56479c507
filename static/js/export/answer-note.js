/**
 * Converts an answer to a shared question into a private note, because the importing account has no
 * partner to share it with.
 */

import { answerText } from "./book-pages.js";

/** @typedef {import("./export-archive.js").AnswerLine} AnswerLine */

/**
 * @param {AnswerLine} line
 * @param {AnswerLine["answers"][number]} answer
 * @returns {import("./export-archive.js").EntryLine}
 */
export function toNote({ journal, text }, { id, author, by, mine, said }) {
  const words = [text, answerText(said)].filter(Boolean).join("\n\n");
  const { file, ...about } = said.audio ?? {};
  const recordings = typeof file === "string" ? [{ id, sha256: "", name: "", ...about }] : [];
  const doc = { type: "note", at: said.at, text: words, feelings: [], files: recordings };
  return { id, journal, author, by, mine, doc, files: recordings.length ? { [id]: file } : {} };
}
