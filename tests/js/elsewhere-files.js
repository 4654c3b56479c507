/** Makes the exports of other journals in memory, for the tests that read them. */

import { BlobWriter, TextReader, Uint8ArrayReader, ZipWriter } from "@zip.js/zip.js";

/**
 * @param {Record<string, string | Uint8Array>} files
 * @param {any} [options] of the zip writer
 * @returns {Promise<File>}
 */
export async function zipOf(files, options = {}) {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, ...options });
  for (const [name, data] of Object.entries(files)) {
    const reader = typeof data === "string" ? new TextReader(data) : new Uint8ArrayReader(data);
    await writer.add(name, reader);
  }
  return new File([await writer.close()], "export.zip");
}

/**
 * Files as a person chooses them with a folder.
 * @param {Record<string, string | Uint8Array>} files
 * @returns {File[]}
 */
export function folderOf(files) {
  return Object.entries(files).map(([path, data]) => {
    const file = new File([/** @type {BlobPart} */ (data)], path.slice(path.lastIndexOf("/") + 1), {
      lastModified: Date.parse("2021-05-06T10:00:00Z"),
    });
    Object.defineProperty(file, "webkitRelativePath", { value: path });
    return file;
  });
}

/**
 * A journal of Day One with these entries.
 * @param {unknown[]} entries
 */
export function dayOne(entries) {
  return JSON.stringify({ metadata: { version: "1.0" }, entries });
}
