/**
 * The files that a person chose: each zip file with what is in it, and everything else together.
 * Runs without a DOM.
 */

import { isHidden } from "./paths.js";
import { MOST_FILES, openZip, ZipError, isZip } from "./read-zip.js";

const ZIP_NAME = /(?:\.zip|^[^.]+)$/i; // a .docx or .epub file is a zip file too, but no export

/** @typedef {import("./read-zip.js").SourceFile} SourceFile */

/**
 * Return the files of each export. They stay apart, because two exports use the same paths.
 * @param {File[]} chosen
 * @returns {Promise<SourceFile[][]>}
 * @throws {ZipError}
 */
export async function openFiles(chosen) {
  /** @type {SourceFile[]} */
  const loose = [];
  const groups = [loose];
  if (chosen.length > MOST_FILES) throw new ZipError("many");
  for (const file of chosen) {
    const path = (file.webkitRelativePath || file.name).normalize();
    if (isHidden(path)) continue;
    if (ZIP_NAME.test(file.name) && (await isZip(file))) groups.push(await openZip(file));
    else loose.push(looseFile(file, path));
  }
  if (groups.flat().length > MOST_FILES) throw new ZipError("many");
  return groups.filter((files) => files.length > 0).map(withoutCommonFolder);
}

/**
 * @param {File} file
 * @param {string} path
 * @returns {SourceFile}
 */
function looseFile(file, path) {
  return { path, size: file.size, changed: new Date(file.lastModified), blob: async () => file };
}

/**
 * Shorten the paths by the folder that all files are in, so that a zip file and its unpacked
 * folder give the same ones.
 * @param {SourceFile[]} files
 * @returns {SourceFile[]}
 */
function withoutCommonFolder(files) {
  const first = files[0]?.path ?? "";
  const root = first.slice(0, first.indexOf("/") + 1);
  const says = /^(?:Entries|Resources|\d{4})\/$/.test(root); // a name that tells something
  if (!root || says || !files.every(({ path }) => path.startsWith(root))) return files;
  return files.map((file) => ({ ...file, path: file.path.slice(root.length) }));
}
