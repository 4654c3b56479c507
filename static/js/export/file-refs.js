/**
 * Finds and replaces references inside a document at any depth: file notes, and ids of other
 * entries. A new kind of entry may refer to a file in any field; none is missed. Pure.
 */

/** @typedef {import("../replica/attachments.js").FileNote} FileNote */

/**
 * @param {any} value
 * @returns {value is FileNote}
 */
function isNote(value) {
  return ["id", "sha256", "mime"].every((key) => typeof value?.[key] === "string");
}

/**
 * Return the notes of all files that a document refers to.
 * @param {any} value
 * @returns {FileNote[]}
 */
export function fileNotes(value) {
  if (typeof value !== "object" || value === null) return [];
  if (isNote(value)) return [value];
  return Object.values(value).flatMap(fileNotes);
}

/**
 * Return a copy of a document with file notes and entry ids replaced.
 * @param {any} value
 * @param {Map<string, FileNote | null>} notes by the file's old id; null leaves it out of a list
 * @param {Map<string, string>} ids by the entry's old id
 * @returns {any}
 */
export function withNewRefs(value, notes, ids) {
  if (typeof value === "string") return ids.get(value) ?? value;
  if (typeof value !== "object" || value === null) return value;
  if (isNote(value)) return notes.has(value.id) ? notes.get(value.id) : value;
  if (Array.isArray(value)) {
    return value.map((item) => withNewRefs(item, notes, ids)).filter((item) => item !== null);
  }
  const pairs = Object.entries(value).map(([key, item]) => [key, withNewRefs(item, notes, ids)]);
  return Object.fromEntries(pairs);
}
