/**
 * The export of Apple's Journal: one HTML file for each entry in Entries/, and Resources/ with
 * pictures and recordings. What is known of it is in docs/coming-from-elsewhere.md. Pure.
 */

import { dateInPath } from "./dates.js";
import { htmlTokens, TextLines } from "./html-text.js";
import { stemOf } from "./paths.js";

const ENTRY = /(?:^|\/)Entries\/[^/]+\.html?$/i;
const MONTHS =
  "january february march april may june july august september october november december".split(
    " ",
  );

/** @typedef {import("./recognise.js").Found} Found */

/**
 * Whether a file is an entry: the class names are the same in every language of the phone.
 * @param {string} path
 * @param {string} html
 */
export function isAppleEntry(path, html) {
  return ENTRY.test(path) && /class="[^"]*\b(?:pageHeader|bodyText|assetGrid)\b/.test(html);
}

/**
 * @param {string} html
 * @param {string} path
 * @param {Map<string, string[]>} stems the paths of all files, by their path without its ending
 * @returns {Found & { about: string[] }} `about`: files that say
 *   nothing but what entries and pictures there are
 */
export function readAppleEntry(html, path, stems) {
  const root = path.replace(/Entries\/[^/]+$/i, "");
  const resources = `${root}Resources/`;
  const header = new TextLines();
  const body = new TextLines();
  /** @type {string[]} */
  const media = [];
  const about = [`${root}index.html`]; // its list of all entries
  let depth = 0;
  let [inHeader, inGrid] = [0, 0]; // the depth of the element, or 0 outside of it
  for (const token of htmlTokens(html)) {
    if (token.kind !== "text" && token.name === "div") depth += token.kind === "start" ? 1 : -1;
    if (token.kind === "start") {
      const classes = token.attributes.get("class") ?? "";
      if (/\bpageHeader\b/.test(classes)) inHeader = depth;
      if (/\bassetGrid\b/.test(classes)) inGrid = depth;
      const id = token.attributes.get("id") ?? "";
      if (/\bgridItem\b/.test(classes) && id) {
        const own = stems.get(resources + id) ?? [];
        about.push(...own.filter((path) => path.endsWith(".json")));
        media.push(...own.filter((path) => !path.endsWith(".json")));
      }
      const source = decodePath(token.attributes.get("src") ?? "");
      if (source) media.push(resources + source.slice(source.lastIndexOf("/") + 1));
    }
    if (inHeader && depth < inHeader) inHeader = 0;
    if (inGrid && depth < inGrid) inGrid = 0;
    if (!inGrid) (inHeader ? header : body).add(token);
  }
  const day = englishDay(header.text);
  const at = dateInPath(path) || (day && dateInPath(day));
  return {
    source: `apple-journal/${path.slice(path.lastIndexOf("/") + 1)}`,
    at,
    text: [at ? "" : header.text, body.text].filter(Boolean).join("\n"),
    media: [...new Set(media)].filter((path) => stems.get(stemOf(path))?.includes(path)),
    about,
  };
}

/**
 * Read a date as an English phone writes it, "Sunday, 3 November 2024" or "November 3, 2024".
 * @param {string} text
 * @returns {string} such as 2024-11-03, or ""
 */
function englishDay(text) {
  const words = [...text.toLowerCase().matchAll(/[a-z]+|\d+/g)].map(([word]) => word);
  const month = MONTHS.findIndex((name) => words.includes(name)) + 1;
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const day = numbers.find((digits) => digits.length <= 2);
  const year = numbers.find((digits) => digits.length === 4);
  if (!month || !day || !year) return "";
  return `${year}-${String(month).padStart(2, "0")}-${day.padStart(2, "0")}`;
}

/** @param {string} source */
function decodePath(source) {
  if (/^[a-z]+:/i.test(source)) return ""; // a picture inside of the page, or an address
  try {
    return decodeURIComponent(source);
  } catch {
    return source;
  }
}
