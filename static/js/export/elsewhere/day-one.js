/**
 * Day One's "JSON" export: one JSON file for each journal, and beside it photos/, audios/, videos/
 * and pdfs/, whose files are named by their MD5. What is known of it is in
 * docs/coming-from-elsewhere.md. Runs without a DOM.
 */

import { momentInZone } from "./dates.js";

const MEDIA = ["photos", "audios", "videos", "pdfAttachments"];
const MOMENT = /!\[[^\]]{0,500}\]\(dayone-moment:[^)]{0,500}\)[ \t]*/g;
const ESCAPED = /\\([\\`*_{}[\]()#+\-.!~|>:,;?'"])/g;

/**
 * @typedef {import("./recognise.js").Found} Found
 */

/**
 * Whether a parsed JSON file is one of Day One's journals.
 * @param {any} json
 */
export function isDayOne(json) {
  return list(json?.entries).some((entry) => typeof entry?.creationDate === "string");
}

/**
 * Read one journal.
 * @param {any} json
 * @param {string} path of the JSON file
 * @param {Map<string, string[]>} stems the paths of all files, by their path without its ending
 * @returns {Found[]}
 */
export function readDayOne(json, path, stems) {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const entries = list(json.entries).filter((entry) => typeof entry === "object" && entry !== null);
  return entries.map((entry) => ({
    source: `day-one/${entry.uuid ?? entry.creationDate}`,
    at: momentInZone(new Date(entry.creationDate), text(entry.timeZone) || undefined),
    text: [body(entry), place(entry.location), tags(entry.tags)].filter(Boolean).join("\n\n"),
    media: MEDIA.flatMap((kind) => list(entry[kind]).map((one) => ({ kind, one })))
      .map(({ kind, one }) => stems.get(mediaPath(folder, kind, one))?.[0])
      .filter((found) => found !== undefined),
  }));
}

/** @param {any} entry */
function body(entry) {
  const body = text(entry.text) || richText(entry.richText);
  const plain = body.replace(MOMENT, "").replace(ESCAPED, "$1");
  return plain.replace(/\n{3,}/g, "\n\n").trim();
}

/**
 * Return the text of an entry that has only its rich text, which is JSON inside of a string.
 * @param {unknown} rich
 */
function richText(rich) {
  try {
    const { contents } = JSON.parse(text(rich));
    return list(contents)
      .map((one) => text(one.text))
      .join("");
  } catch {
    return "";
  }
}

/** @param {any} location */
function place(location) {
  const names = [location?.placeName, location?.localityName, location?.country].map(text);
  return [...new Set(names.filter(Boolean))].join(", ");
}

/** @param {unknown} tags */
function tags(tags) {
  return list(tags)
    .map((tag) => `#${text(tag).replaceAll(" ", "-")}`)
    .join(" ");
}

/**
 * @param {string} folder
 * @param {string} kind
 * @param {any} item
 */
function mediaPath(folder, kind, item) {
  const name = kind === "pdfAttachments" ? "pdfs" : kind;
  return `${folder}${name}/${text(item?.md5)}`;
}

/** @param {unknown} value */
function text(value) {
  return typeof value === "string" ? value : "";
}

/**
 * @param {unknown} value
 * @returns {any[]}
 */
function list(value) {
  return Array.isArray(value) ? value : [];
}
