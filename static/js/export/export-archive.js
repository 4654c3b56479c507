/**
 * The archive format (docs/archive.md): a tar file of JSON and the files beside it. Pure. It is
 * validated as a whole before any of it is used.
 */

import { hex, sha256, utf8 } from "../crypto/bytes.js";
import { TruncatedError, TarError, readTar, tarEnd, tarPadding, tarHeader } from "./tar.js";

export const FORMAT = "shared-space-archive";
export const VERSION = 1;
const SUMS = "SHA256SUMS";
const LINES_BYTES = 4 * 1024 * 1024; // the amount of text held in memory at a time

/**
 * The account that made it, and when.
 * @typedef {{ format: string, version: number, made: string, login: string, account: string,
 *   journals: { id: string, kind: "individual" | "shared" | "archived",
 *     with?: string }[] }} ArchiveHead
 * One entry; `files` says under which name in the archive each of its files stands.
 * @typedef {{ id: string, journal: string, author: string, by: string, mine: boolean,
 *   named?: string, trouble?: "forged", doc: Record<string, any>, files: Record<string, string> }}
 * EntryLine
 * A question and what was said to it, once both had.
 * @typedef {{ journal: string, question: string | null, text: string, answers: {
 *   id: string, author: string, by: string, mine: boolean, said: Record<string, any> }[] }}
 * AnswerLine
 */

/** A file that is not an archive, or not a usable one: `error` says why. */
export class InvalidArchiveError extends Error {
  /** @param {"no-archive" | "newer" | "cut" | "altered"} error */
  constructor(error) {
    super(error);
    this.error = error;
  }
}

export class ArchiveWriter {
  #time;
  /** @type {BlobPart[]} */
  #parts = [];
  /** @type {string[]} */
  #sums = [];
  /** @type {Record<string, string[]>} */
  #lines;
  #bytes = 0;
  #pages = 0;

  /** @param {Date} made */
  constructor(made) {
    this.#time = made.getTime() / 1000;
    this.#lines = { entries: [], answers: [] };
  }

  /**
   * @param {string} name
   * @param {Uint8Array} bytes
   */
  async file(name, bytes) {
    const held = /** @type {BlobPart} */ (/** @type {unknown} */ (bytes));
    const front = /** @type {BlobPart[]} */ ([tarHeader(name, bytes.length, this.#time)]);
    this.#parts.push(
      new Blob([...front, held, /** @type {BlobPart} */ (tarPadding(bytes.length))]),
    );
    if (name !== SUMS) this.#sums.push(`${hex(await sha256(bytes))}  ${name}\n`);
  }

  /** @param {ArchiveHead} head */
  async head(head) {
    await this.file("archive.json", utf8(`${JSON.stringify(head, null, 2)}\n`));
  }

  /**
   * Add a line.
   * @param {"entries" | "answers"} kind
   * @param {EntryLine | AnswerLine} line
   */
  async line(kind, line) {
    const text = `${JSON.stringify(line)}\n`;
    this.#lines[kind]?.push(text);
    this.#bytes += text.length;
    if (this.#bytes > LINES_BYTES) await this.#page();
  }

  /** Write the buffered lines. */
  async #page() {
    this.#bytes = 0;
    const number = String(++this.#pages).padStart(5, "0");
    for (const [kind, lines] of Object.entries(this.#lines)) {
      if (lines.length) await this.file(`${kind}-${number}.jsonl`, utf8(lines.splice(0).join("")));
    }
  }

  /** @returns {Promise<Blob>} the complete archive */
  async finish() {
    await this.#page();
    await this.file(SUMS, utf8(this.#sums.join("")));
    return new Blob([...this.#parts, /** @type {BlobPart} */ (tarEnd())], {
      type: "application/x-tar",
    });
  }
}

export class Archive {
  /**
   * @param {ArchiveHead} head
   * @param {Map<string, Blob>} files
   */
  constructor(head, files) {
    this.head = head;
    this.files = files;
  }

  /**
   * Validate a file as a whole, and open it.
   * @param {Blob} blob
   * @returns {Promise<Archive>}
   * @throws {InvalidArchiveError}
   */
  static async open(blob) {
    const files = new Map();
    let head = null;
    try {
      for await (const { name, file } of readTar(blob)) {
        if (!head) head = readHead(name, await file.text());
        files.set(name, file);
      }
    } catch (error) {
      if (error instanceof TruncatedError)
        throw new InvalidArchiveError(head ? "cut" : "no-archive");
      if (error instanceof TarError) throw new InvalidArchiveError(head ? "altered" : "no-archive");
      throw error;
    }
    const sums = files.get(SUMS);
    if (!head || !sums) throw new InvalidArchiveError(head ? "cut" : "no-archive");
    files.delete(SUMS);
    await verifyChecksums(files, await sums.text());
    return new Archive(head, files);
  }

  /** @returns {AsyncGenerator<EntryLine>} */
  entries() {
    return /** @type {AsyncGenerator<EntryLine>} */ (this.#read("entries"));
  }

  /** @returns {AsyncGenerator<AnswerLine>} */
  answers() {
    return /** @type {AsyncGenerator<AnswerLine>} */ (this.#read("answers"));
  }

  /** @param {string} kind */
  async *#read(kind) {
    for (const [name, file] of this.files) {
      if (!name.startsWith(`${kind}-`)) continue;
      for (const line of (await file.text()).split("\n")) if (line) yield readLine(kind, line);
    }
  }

  /**
   * @param {string} name
   * @returns {Promise<Uint8Array | null>}
   */
  async file(name) {
    const found = this.files.get(name);
    return found ? new Uint8Array(await found.arrayBuffer()) : null;
  }
}

/**
 * @param {string} name
 * @param {string} text
 * @returns {ArchiveHead}
 */
function readHead(name, text) {
  if (name !== "archive.json") throw new InvalidArchiveError("no-archive");
  let head;
  try {
    head = JSON.parse(text);
  } catch {
    throw new InvalidArchiveError("altered");
  }
  if (head?.format !== FORMAT) throw new InvalidArchiveError("no-archive");
  if (head.version !== VERSION) throw new InvalidArchiveError("newer");
  return head;
}

/**
 * @param {string} kind
 * @param {string} text
 * @returns {any}
 */
function readLine(kind, text) {
  try {
    const line = JSON.parse(text);
    const all = kind === "entries" ? [line] : line.answers;
    const whole = all.every((/** @type {any} */ record) => {
      const content = record.doc ?? record.said;
      return (
        typeof record.id === "string" && typeof content === "object" && !Array.isArray(content)
      );
    });
    if (whole) return { files: {}, ...line };
  } catch {
    // reported below
  }
  throw new InvalidArchiveError("altered");
}

/**
 * Verify that every file is unchanged, and that there are no others.
 * @param {Map<string, Blob>} files
 * @param {string} sums
 */
async function verifyChecksums(files, sums) {
  const lines = sums.split("\n").filter(Boolean);
  if (lines.length !== files.size) throw new InvalidArchiveError("altered");
  for (const line of lines) {
    const file = files.get(line.slice(66));
    const right = file && hex(await sha256(new Uint8Array(await file.arrayBuffer())));
    if (right !== line.slice(0, 64)) throw new InvalidArchiveError("altered");
  }
}
