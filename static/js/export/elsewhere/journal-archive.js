/**
 * Another journal's entries in the shape of an archive (export-archive.js), so that both are
 * imported in one way. Runs without a DOM.
 */

import { toBase64Url, sha256, utf8 } from "../../crypto/bytes.js";
import { dateInPath } from "./dates.js";

const ID_BYTES = 16;
const MOST_FILE_BYTES = 8 * 1024 ** 2; // of a sealed file's body (protocol §5)
const MOST_LETTERS = 100_000; // escaped in JSON, at most 600,000 of the 1 MiB of a sealed entry
const FILES_AN_ENTRY = 20;
const HERE = "elsewhere";
const DIRECTION_MARKS = /[\u202a-\u202e\u2066-\u2069]/g; // they can hide the ending of a name

/** The second note of a picture: its small copy. */
export const SMALL = "\0small";

/**
 * @typedef {import("../export-archive.js").EntryLine} EntryLine
 * @typedef {import("./recognise.js").Journal} Journal
 * @typedef {import("./read-zip.js").SourceFile} SourceFile
 * @typedef {import("../../replica/attachments.js").FileNote} FileNote
 */

export class JournalArchive {
  #found;
  #left;
  #describe;
  #now;
  #sources;
  #keys;

  /**
   * @param {Journal} journal
   * @param {(names: string[]) => string} describe the text of an entry that holds the files of no
   *   entry
   * @param {string} now RFC 3339, for what has no date
   */
  constructor({ entries, left }, describe, now) {
    this.#found = entries;
    this.#left = groupsOf(left);
    this.#describe = describe;
    this.#now = now;
    this.head = {
      journals: [{ id: HERE, kind: /** @type {const} */ ("individual") }],
    };
    const files = new Set([...entries.flatMap(({ media }) => media), ...left]);
    this.#sources = [...files];
    this.#keys = new Map(this.#sources.map((file, at) => [file, String(at)]));
  }

  /** @returns {AsyncGenerator<EntryLine>} */
  async *entries() {
    const seen = new Map();
    for (const { source, at, text, media } of this.#found) {
      const paths = media.map(({ path }) => path);
      const name = JSON.stringify([source, text, paths]);
      const nth = seen.get(name) ?? 0; // the same twice in one export stays two entries
      seen.set(name, nth + 1);
      let files = media;
      for (const [part, some] of partsOf(text).entries()) {
        yield await this.#line(JSON.stringify([source, some, paths, nth, part]), at, some, files);
        files = []; // they come with the first part
      }
    }
    for (const some of this.#left) {
      const names = some.map(({ path }) => path);
      const name = JSON.stringify(["left", some.map(({ path, size }) => [path, size])]);
      yield await this.#line(name, dateInPath(names[0] ?? ""), this.#describe(names), some);
    }
  }

  /** @returns {AsyncGenerator<never>} */
  async *answers() {}

  /**
   * @param {string} name what the entry's id is derived from
   * @param {string} at
   * @param {string} text
   * @param {SourceFile[]} media
   * @returns {Promise<EntryLine>}
   */
  async #line(name, at, text, media) {
    const id = toBase64Url((await sha256(utf8(`${HERE}/${name}`))).subarray(0, ID_BYTES));
    const files = media.flatMap((file) => {
      const key = this.#keys.get(file) ?? "";
      return [note(key, file.path), note(key + SMALL, file.path)];
    });
    const doc = { v: 1, type: "note", at: at || this.#now, text, feelings: [], files };
    return { id, journal: HERE, author: "", by: "", mine: true, files: {}, doc };
  }

  /**
   * Unpack a file.
   * @param {string} key of its note
   * @returns {Promise<File | null>}
   */
  async file(key) {
    const source = this.#sources[Number(key)];
    return source ? new File([await source.blob()], nameOf(source.path)) : null;
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
 * Divide a text that is too long for one entry, where a paragraph or at least a line ends.
 * @param {string} text
 * @returns {string[]}
 */
function partsOf(text) {
  const parts = [];
  let rest = text;
  while (rest.length > MOST_LETTERS) {
    const within = rest.slice(0, MOST_LETTERS);
    const ends = ["\n\n", "\n", " "].map((end) => within.lastIndexOf(end));
    const end = ends.find((at) => at > MOST_LETTERS / 2) ?? MOST_LETTERS;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}

/**
 * Group the files that belong to no entry by their folder and the day in their path, so that one
 * more file in a later export leaves the other groups as they were.
 * @param {SourceFile[]} files
 * @returns {SourceFile[][]}
 */
function groupsOf(files) {
  /** @type {Map<string, SourceFile[]>} */
  const groups = new Map();
  for (const file of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
    const name = JSON.stringify([folder, dateInPath(file.path)]);
    const same = groups.get(name) ?? [];
    groups.set(name, same);
    same.push(file);
  }
  return [...groups.values()].flatMap((group) =>
    Array.from({ length: Math.ceil(group.length / FILES_AN_ENTRY) }, (_, at) =>
      group.slice(at * FILES_AN_ENTRY, (at + 1) * FILES_AN_ENTRY),
    ),
  );
}

/**
 * A note that stands in for a file until it is sealed.
 * @param {string} id
 * @param {string} path
 * @returns {FileNote}
 */
function note(id, path) {
  return { id, sha256: "", mime: "", name: nameOf(path) };
}

/** @param {string} path */
function nameOf(path) {
  return path.slice(path.lastIndexOf("/") + 1).replace(DIRECTION_MARKS, "");
}
