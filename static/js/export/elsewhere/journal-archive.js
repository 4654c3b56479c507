/**
 * Another journal's entries in the shape of an archive (export-archive.js), so that both are
 * imported in one way. Runs without a DOM.
 */

import { toBase64Url, sha256, utf8 } from "../../crypto/bytes.js";

const ID_BYTES = 16;
const MOST_FILE_BYTES = 8 * 1024 ** 2; // of a sealed file's body (protocol §5)
const FILES_AN_ENTRY = 20;
const HERE = "elsewhere";

/** The second note of a picture: its small copy. */
export const SMALL = "\0small";

/**
 * @typedef {import("../export-archive.js").EntryLine} EntryLine
 * @typedef {import("./recognise.js").Journal} Journal
 * @typedef {import("../../replica/attachments.js").FileNote} FileNote
 */

export class JournalArchive {
  /**
   * @param {Journal} journal
   * @param {(names: string[]) => string} describe the text of an entry that holds the files of no
   *   entry
   * @param {string} now RFC 3339, for what has no date
   */
  constructor(journal, describe, now) {
    this.journal = journal;
    this.describe = describe;
    this.now = now;
    this.head = {
      journals: [{ id: HERE, kind: /** @type {const} */ ("individual") }],
    };
  }

  /** @returns {AsyncGenerator<EntryLine>} */
  async *entries() {
    const seen = new Map();
    for (const { source, at, text, media } of this.journal.entries) {
      const name = JSON.stringify([source, text, media]);
      const nth = seen.get(name) ?? 0; // the same twice in one export stays two entries
      seen.set(name, nth + 1);
      yield await this.line(JSON.stringify([source, text, media, nth]), at, text, media);
    }
    const { left } = this.journal;
    for (let from = 0; from < left.length; from += FILES_AN_ENTRY) {
      const some = left.slice(from, from + FILES_AN_ENTRY);
      yield await this.line(JSON.stringify(["left", some]), "", this.describe(some), some);
    }
  }

  /** @returns {AsyncGenerator<never>} */
  async *answers() {}

  /**
   * @param {string} name what the entry's id is derived from
   * @param {string} at
   * @param {string} text
   * @param {string[]} media
   * @returns {Promise<EntryLine>}
   */
  async line(name, at, text, media) {
    const id = toBase64Url((await sha256(utf8(`${HERE}/${name}`))).subarray(0, ID_BYTES));
    const files = media.flatMap((path) => [note(path, path), note(path + SMALL, path)]);
    const doc = { v: 1, type: "note", at: at || this.now, text, feelings: [], files };
    return { id, journal: HERE, author: "", by: "", mine: true, files: {}, doc };
  }

  /**
   * Unpack a file.
   * @param {string} path
   * @returns {Promise<File | null>}
   */
  async file(path) {
    const source = this.journal.files.get(path);
    if (!source) return null;
    return new File([await source.blob()], path.slice(path.lastIndexOf("/") + 1));
  }

  /**
   * Whether a file can be kept as it is.
   * @param {Blob} file
   */
  static fits(file) {
    return file.size <= MOST_FILE_BYTES;
  }
}

/**
 * A note that stands in for a file until it is sealed.
 * @param {string} id
 * @param {string} path
 * @returns {FileNote}
 */
function note(id, path) {
  return { id, sha256: "", mime: "", name: path.slice(path.lastIndexOf("/") + 1) };
}
