/**
 * Recognises which journal an export is from, and reads its entries. Files that belong to no entry
 * are returned by name. Runs without a DOM.
 */

import { isAppleEntry, readAppleEntry } from "./apple-journal.js";
import { isDayOne, readDayOne } from "./day-one.js";
import { isJourney, readJourney } from "./journey.js";
import { isHidden, stemOf } from "./paths.js";
import { isZip, openZip } from "./read-zip.js";
import { isText, readText } from "./text-file.js";

const MOST_TEXT_BYTES = 256 * 1024 ** 2;

/**
 * One entry of another journal. `source` names it there and stays the same in a later export; `at`
 * is RFC 3339 or "" if unknown; `media` are paths of files.
 * @typedef {{ source: string, at: string, text: string, media: string[] }} Found
 * @typedef {import("./read-zip.js").SourceFile} SourceFile
 * @typedef {{ entries: Found[], left: string[], files: Map<string, SourceFile> }} Journal
 */

/** Nothing in the chosen files is a journal that these pages know. */
export class NoJournalError extends Error {
  error = "no-journal";
}

/**
 * Return the files of a zip file, or the chosen files themselves.
 * @param {File[]} chosen
 * @returns {Promise<SourceFile[]>}
 * @throws {import("./read-zip.js").ZipError}
 */
export async function openFiles(chosen) {
  /** @type {SourceFile[]} */
  const files = [];
  for (const file of chosen) {
    const path = (file.webkitRelativePath || file.name).normalize();
    if (isHidden(path)) continue;
    if (await isZip(file)) files.push(...(await openZip(file)));
    else
      files.push({
        path,
        size: file.size,
        changed: new Date(file.lastModified),
        blob: async () => file,
      });
  }
  const root = commonFolder(files.map(({ path }) => path));
  return files.map((file) => ({ ...file, path: file.path.slice(root.length) }));
}

/**
 * @param {SourceFile[]} files
 * @param {AbortSignal} [signal]
 * @returns {Promise<Journal>}
 * @throws {NoJournalError}
 */
export async function recognise(files, signal) {
  const paths = new Set(files.map(({ path }) => path));
  const names = new Map();
  for (const path of paths) {
    if (isText(path)) continue;
    names.set(path, path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    if (!names.has(name)) names.set(name, path);
  }
  /** @type {Map<string, string[]>} */
  const stems = new Map();
  for (const path of paths) {
    const stem = stemOf(path);
    stems.set(stem, [...(stems.get(stem) ?? []), path]);
  }
  /** @type {Found[]} */
  const entries = [];
  const used = new Set();
  for (const file of files) {
    signal?.throwIfAborted();
    if (file.size > MOST_TEXT_BYTES) continue;
    const found = await readFile(file, { files, paths, names, stems });
    if (!found) continue;
    used.add(file.path);
    entries.push(...found.entries);
    for (const path of [...found.about, ...found.entries.flatMap(({ media }) => media)])
      used.add(path);
  }
  const written = entries.filter(({ text, media }) => text || media.length);
  if (!written.length) throw new NoJournalError();
  const left = [...paths].filter((path) => !used.has(path) && !/(?:^|\/)index\.html$/.test(path));
  const byPath = new Map(files.map((file) => [file.path, file]));
  return { entries: written, left, files: byPath };
}

/**
 * @param {SourceFile} file
 * @param {{ files: SourceFile[], paths: Set<string>, names: Map<string, string>,
 *   stems: Map<string, string[]> }} all
 * @returns {Promise<{ entries: Found[], about: string[] } | null>} null if it is none
 */
async function readFile(file, { files, paths, names, stems }) {
  const { path } = file;
  if (/\.json$/i.test(path)) {
    const json = parse(await textOf(file));
    if (isDayOne(json)) return { entries: readDayOne(json, path, files), about: [] };
    if (isJourney(json)) return { entries: [readJourney(json, path, paths)], about: [] };
  } else if (/\.html?$/i.test(path)) {
    const html = await textOf(file);
    if (!isAppleEntry(path, html)) return null;
    const { about, ...entry } = readAppleEntry(html, path, stems);
    return { entries: [entry], about };
  } else if (isText(path)) {
    const entry = readText(await textOf(file), file, names);
    return { entries: entry ? [entry] : [], about: [] };
  }
  return null;
}

/** @param {SourceFile} file */
async function textOf(file) {
  return (await file.blob()).text();
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * Return the folder that all files are in, so that a zip file and its unpacked folder give the same
 * names; "" if there is none.
 * @param {string[]} paths
 */
function commonFolder(paths) {
  const [first = ""] = paths;
  const root = first.slice(0, first.indexOf("/") + 1);
  const says = /^(?:Entries|Resources|\d{4})\/$/.test(root); // a name that tells something
  return root && !says && paths.every((path) => path.startsWith(root)) ? root : "";
}
