/**
 * Opens a zip file that somebody else's program made. Everything that its directory states is
 * checked before anything is unpacked, and each file is unpacked by itself from the Blob, so that a
 * large file is never held in memory as a whole. Runs without a DOM.
 */

import { isHidden, isSafePath } from "./paths.js";

/** The files of one import, in a zip file or in a folder. */
export const MOST_FILES = 100_000;

const MOST_FILE_BYTES = 1024 ** 3;
const MOST_BYTES = 16 * 1024 ** 3;
const RATIO = 200; // text packs to a twentieth; DEFLATE reaches 1,032
const RATIO_FROM_BYTES = 10 * 1024 ** 2; // below this size a high ratio does no harm
const LOCAL_HEADER_BYTES = 30; // APPNOTE.TXT 4.3.7
const LINK = 0o120000;
const KIND = 0o170000;
const LOCKED = /encrypt|password/i;

/**
 * One file of an export, from a zip file or from a folder.
 * @typedef {{ path: string, size: number, changed: Date | null, blob: () => Promise<Blob> }}
 *   SourceFile
 * @typedef {import("../../../vendor/zip.js").ZipReader<Blob>} ZipReader
 * @typedef {Awaited<ReturnType<ZipReader["getEntries"]>>[number]} ZipEntry
 */

/** Chosen files that are not opened; `error` selects the sentence that says why. */
export class ZipError extends Error {
  /** @param {"unsafe" | "locked" | "damaged" | "many"} why */
  constructor(why) {
    super(why);
    this.error = `zip-${why}`;
  }
}

/**
 * Whether a file begins like a zip file, a zip file without files included.
 * @param {Blob} blob
 * @returns {Promise<boolean>}
 */
export async function isZip(blob) {
  const [p, k, three] = new Uint8Array(await blob.slice(0, 4).arrayBuffer());
  return p === 0x50 && k === 0x4b && (three === 3 || three === 5);
}

/**
 * Check a zip file's directory, and return its files, still packed.
 * @param {Blob} blob
 * @returns {Promise<SourceFile[]>}
 * @throws {ZipError}
 */
export async function openZip(blob) {
  const { BlobReader, BlobWriter, ZipReader, configure } = await import("../../../vendor/zip.js");
  configure({ useWebWorkers: false }); // the page's policy allows only its own workers
  const reader = new ZipReader(new BlobReader(blob), {
    checkAmbiguity: true,
    checkCrc32: true,
    checkOverlappingEntry: true,
  });
  const entries = await orZipError(() => reader.getEntries({ strictness: "strict" }));
  check(entries);
  return entries.filter(isWanted).map((entry) => ({
    path: entry.filename.normalize(),
    size: entry.uncompressedSize,
    changed: entry.lastModDate instanceof Date ? entry.lastModDate : null,
    blob: () =>
      orZipError(async () => {
        if (entry.directory) throw new ZipError("damaged");
        const unpacked = await entry.getData(new BlobWriter());
        if (unpacked.size !== entry.uncompressedSize) throw new ZipError("damaged");
        return unpacked;
      }),
  }));
}

/** @param {ZipEntry[]} entries */
function check(entries) {
  if (entries.length > MOST_FILES) throw new ZipError("many");
  if (entries.some((entry) => entry.encrypted)) throw new ZipError("locked");
  const names = new Set(entries.map(({ filename }) => filename.normalize().replace(/\/$/, "")));
  if (names.size !== entries.length) throw new ZipError("unsafe"); // one name, two files
  let end = 0;
  let total = 0;
  for (const entry of entries.toSorted((a, b) => a.offset - b.offset)) {
    const { filename, offset, compressedSize, uncompressedSize, externalFileAttributes } = entry;
    const link = ((externalFileAttributes >>> 16) & KIND) === LINK;
    const swells = uncompressedSize > RATIO_FROM_BYTES && uncompressedSize > compressedSize * RATIO;
    total += uncompressedSize;
    if (!isSafePath(filename) || link || swells || offset < end) throw new ZipError("unsafe");
    if (uncompressedSize > MOST_FILE_BYTES || total > MOST_BYTES) throw new ZipError("unsafe");
    end = offset + LOCAL_HEADER_BYTES + compressedSize;
  }
}

/**
 * Whether an entry is a file that a person would know; a Mac adds others.
 * @param {ZipEntry} entry
 */
function isWanted({ directory, filename }) {
  return !directory && !isHidden(filename);
}

/**
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
async function orZipError(work) {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ZipError || (error instanceof DOMException && error.name === "AbortError"))
      throw error;
    const text = error instanceof Error ? error.message : "";
    if (LOCKED.test(text)) throw new ZipError("locked");
    throw new ZipError(/unsafe|ambiguous|overlap/i.test(text) ? "unsafe" : "damaged");
  }
}
