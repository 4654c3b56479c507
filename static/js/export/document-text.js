/**
 * Extracts what a person can read from a document of any type: title, recipient, text, items,
 * files. Unknown types are not left out; machine-readable fields are. Pure.
 */

/**
 * @typedef {{ title: string, to: string, whom: any[], day: string, texts: string[],
 *   feelings: string[], items: { texts: string[], files: FileNote[] }[],
 *   files: FileNote[] }} DocumentText
 * @typedef {import("../replica/attachments.js").FileNote} FileNote
 */

import { fileNotes } from "./file-refs.js";

const TITLES = ["title", "name"];
const DAYS = ["day", "date", "on"];
const TEXTS = ["text", "words", "caption", "note", "say", "story", "plan"];
const OWN_PLACE = [...TITLES, ...DAYS, "to", "for", "feelings", "files", "items", "from"];
// Machine-readable fields, which are never shown.
const MARKS = [
  "v", "at", "type", "since", "until", "thing", "was", "id", "sha256", "mime", "language",
  "question", "sentence", "struck", "way", "audio",
]; // prettier-ignore

/**
 * @param {Record<string, any>} doc
 * @returns {DocumentText}
 */
export function extractText(doc) {
  const items = Object.values(objectOf(doc.items))
    .filter((item) => typeof item === "object" && item !== null && !item.struck)
    .sort((a, b) => (String(a.since) < String(b.since) ? -1 : 1))
    .map((item) => ({ texts: textsOf(item, TITLES), files: fileNotes(item) }))
    .filter((item) => item.texts.length || item.files.length);
  return {
    title: first(doc, TITLES),
    to: textOf(doc.to),
    whom: Array.isArray(doc.for) ? doc.for : [doc.for].filter(Boolean),
    day: first(doc, DAYS),
    texts: textsOf(doc, []),
    feelings: arrayOf(doc.feelings).map(textOf).filter(Boolean),
    items,
    files: fileNotes({ ...doc, items: null }),
  };
}

/**
 * Whether there is something to see or hear.
 * @param {DocumentText} leaf
 */
export function hasContent({ title, texts, items, files, feelings }) {
  return Boolean(title || texts.length || items.length || files.length || feelings.length);
}

/**
 * Return the texts of a document: known names first, then every other string that reads as words.
 * @param {any} value
 * @param {string[]} before names that come first
 * @returns {string[]}
 */
function textsOf(value, before) {
  const keys = [...before, ...TEXTS].filter((key) => typeof value[key] === "string");
  const known = keys.map((key) => textOf(value[key]));
  const others = Object.entries(value)
    .filter(([key]) => ![...keys, ...OWN_PLACE, ...MARKS].includes(key))
    .flatMap(([, item]) => prose(item));
  return [...known, ...others].filter(Boolean);
}

/**
 * @param {any} value
 * @returns {string[]}
 */
function prose(value) {
  if (typeof value === "string") return /\s|[^\0-\x7f]/.test(value.trim()) ? [value] : [];
  if (Array.isArray(value)) {
    return value.flatMap((item) => (typeof item === "string" ? [item] : prose(item)));
  }
  if (typeof value !== "object" || value === null || "sha256" in value) return [];
  return textsOf(value, TITLES);
}

/**
 * @param {Record<string, any>} doc
 * @param {string[]} keys
 */
function first(doc, keys) {
  return keys.map((key) => textOf(doc[key])).find(Boolean) ?? "";
}

/** @param {unknown} value */
function textOf(value) {
  return typeof value === "string" ? value.trim() : "";
}

/**
 * @param {unknown} value
 * @returns {any[]}
 */
function arrayOf(value) {
  return Array.isArray(value) ? value : [];
}

/**
 * @param {unknown} value
 * @returns {Record<string, any>}
 */
function objectOf(value) {
  return typeof value === "object" && value !== null ? value : {};
}
