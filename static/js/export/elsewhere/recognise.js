/**
 * Recognises which journal an export is from, and reads its entries. Files that belong to no entry
 * are returned too. Runs without a DOM.
 */

import { isAppleEntry, readAppleEntry } from "./apple-journal.js";
import { isDayOne, readDayOne } from "./day-one.js";
import { isJourney, readJourney } from "./journey.js";
import { stemOf } from "./paths.js";
import { decodeText, isText, readText } from "./text-file.js";

const MOST_JSON_BYTES = 256 * 1024 ** 2; // Day One's file holds all entries of a journal
const MOST_TEXT_BYTES = 16 * 1024 ** 2;

/**
 * One entry of another journal. `source` names it there and stays the same in a later export; `at`
 * is RFC 3339 or "" if unknown; `media` are paths of files, or the files themselves.
 * @template [Media=string]
 * @typedef {{ source: string, at: string, text: string, media: Media[] }} Found
 */
/**
 * @typedef {import("./read-zip.js").SourceFile} SourceFile
 * @typedef {{ entries: Found<SourceFile>[], left: SourceFile[] }} Journal
 * @typedef {{ paths: Set<string>, names: Map<string, string>, stems: Map<string, string[]> }} Index
 */

/** Nothing in the chosen files is a journal that these pages know. */
export class NoJournalError extends Error {
  error = "no-journal";
}

/**
 * Read the entries of all exports that were chosen.
 * @param {SourceFile[][]} groups the files of each export
 * @param {AbortSignal} [signal]
 * @returns {Promise<Journal>}
 * @throws {NoJournalError}
 */
export async function recognise(groups, signal) {
  const journals = [];
  for (const files of groups) journals.push(await readExport(files, signal));
  const entries = journals.flatMap((journal) => journal.entries);
  if (!entries.length) throw new NoJournalError();
  return { entries, left: journals.flatMap(({ left }) => left) };
}

/**
 * @param {SourceFile[]} files
 * @param {AbortSignal} [signal]
 * @returns {Promise<Journal>}
 */
async function readExport(files, signal) {
  const index = indexOf(files);
  const byPath = new Map(files.map((file) => [file.path, file]));
  /** @type {Found[]} */
  const entries = [];
  const used = new Set();
  for (const file of files) {
    signal?.throwIfAborted();
    const found = await readFile(file, index);
    const written = found?.entries.filter(({ text, media }) => text || media.length);
    if (!found || !written) continue;
    used.add(file.path);
    for (const entry of written) {
      entries.push(entry);
      for (const path of entry.media) used.add(path);
    }
    for (const path of found.about) used.add(path);
  }
  const fileAt = (/** @type {string} */ path) => byPath.get(path) ?? [];
  return {
    entries: entries.map((entry) => ({ ...entry, media: entry.media.flatMap(fileAt) })),
    left: [...byPath.values()].filter(({ path }) => !used.has(path)),
  };
}

/**
 * @param {SourceFile[]} files
 * @returns {Index} `names`: the paths of all files that are no text, by path and by name; `stems`:
 *   the paths of all files, by their path without its ending
 */
function indexOf(files) {
  const paths = new Set(files.map(({ path }) => path));
  const names = new Map();
  /** @type {Map<string, string[]>} */
  const stems = new Map();
  for (const path of paths) {
    const stem = stemOf(path);
    const same = stems.get(stem);
    if (same) same.push(path);
    else stems.set(stem, [path]);
    if (isText(path)) continue;
    names.set(path, path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (!names.has(name)) names.set(name, path);
  }
  return { paths, names, stems };
}

/**
 * @param {SourceFile} file
 * @param {Index} index
 * @returns {Promise<{ entries: Found[], about: string[] } | null>} null if it is none
 */
async function readFile(file, { paths, names, stems }) {
  const { path, size } = file;
  if (/\.json$/i.test(path)) {
    const json = size > MOST_JSON_BYTES ? null : parse(await textOf(file));
    if (isDayOne(json)) return { entries: readDayOne(json, path, stems), about: [] };
    if (isJourney(json)) return { entries: [readJourney(json, path, paths)], about: [] };
  } else if (size > MOST_TEXT_BYTES) {
    return null;
  } else if (/\.html?$/i.test(path)) {
    const html = await textOf(file);
    if (!isAppleEntry(path, html)) return null;
    const { about, ...entry } = readAppleEntry(html, path, stems);
    return { entries: [entry], about };
  } else if (isText(path)) {
    const text = await textOf(file);
    if (text.includes("\0")) return null; // no text, whatever its name says
    const entry = readText(text, file, names);
    return { entries: entry ? [entry] : [], about: [] };
  }
  return null;
}

/** @param {SourceFile} file */
async function textOf(file) {
  return decodeText(new Uint8Array(await (await file.blob()).arrayBuffer()));
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
