/**
 * Journey's zip export: one JSON file for each entry, with its pictures and recordings beside it.
 * What is known of it is in docs/coming-from-elsewhere.md. Pure.
 */

import { momentInZone } from "./dates.js";
import { htmlText } from "./html-text.js";

/** @typedef {import("./recognise.js").Found} Found */

/**
 * Whether a parsed JSON file is one of Journey's entries.
 * @param {any} json
 */
export function isJourney(json) {
  return typeof json?.date_journal === "number" && typeof json.text === "string";
}

/**
 * @param {any} json
 * @param {string} path of the JSON file
 * @param {Set<string>} paths of all files
 * @returns {Found}
 */
export function readJourney(json, path, paths) {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  const zone = typeof json.timezone === "string" ? json.timezone : "";
  const html = /<\/?(p|div|br|span|b|i|h\d|ul|ol|li)\b[^>]*>/i.test(json.text);
  const strings = (/** @type {unknown} */ value) =>
    Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
  const tags = strings(json.tags).map((tag) => `#${tag.replaceAll(" ", "-")}`);
  const text = html ? htmlText(json.text) : json.text.trim();
  return {
    source: `journey/${typeof json.id === "string" ? json.id : path}`,
    at: momentInZone(new Date(json.date_journal), zone || undefined),
    text: [text, tags.join(" ")].filter(Boolean).join("\n\n"),
    media: strings(json.photos)
      .map((name) => folder + name)
      .filter((one) => paths.has(one)),
  };
}
