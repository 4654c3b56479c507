/**
 * Imports an archive into the individual journal. Existing entries stay unchanged, and an import
 * that was interrupted can be repeated without duplicates: each entry's new id is derived from its
 * original one, and existing entries are read before anything is written. Runs without a DOM.
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { TooLargeError } from "../crypto/envelope.js";
import { namedId } from "../crypto/named.js";
import { sealFile } from "../replica/attachments.js";
import { LwwMap } from "../replica/lww-map.js";
import { ApiError } from "../net/api.js";
import { SPACE_METADATA_TYPES } from "./export-reader.js";
import { ExistingEntries } from "./existing-entries.js";
import { toNote } from "./answer-note.js";
import { fileNotes, withNewRefs } from "./file-refs.js";
import { BatchUploader } from "./batch-uploader.js";

const AT_ONCE = 500; // ids that are derived concurrently

/** @typedef {import("./export-archive.js").Archive} Archive */
/** @typedef {import("./export-archive.js").EntryLine} Line */
/** @typedef {import("../replica/attachments.js").FileNote} FileNote */
/**
 * What is imported: an archive, or another journal in its shape.
 * @typedef {{ head: Pick<Archive["head"], "journals">, entries: Archive["entries"],
 *   answers: Archive["answers"], file: (name: string) => Promise<any> }} ImportedArchive
 */
/**
 * @typedef {{ step: "reading" | "bringing" | "waiting" | "offline", fraction?: number }} Progress
 * @typedef {(progress: Progress) => void} OnProgress
 */

export class ArchiveImport {
  #journal;
  #archive;
  #onProgress;
  signal;
  #existing;
  #uploader;
  /**
   * The new id of each entry of the archive.
   * @type {Map<string, string>}
   */
  #ids = new Map();
  #journalKinds;

  /**
   * @param {import("../services.js").Services} app
   * @param {ImportedArchive} archive
   * @param {OnProgress} onProgress
   * @param {AbortSignal} signal
   */
  constructor(app, archive, onProgress, signal) {
    this.#journal = app.journals.individual;
    this.#archive = archive;
    this.#onProgress = onProgress;
    this.signal = signal;
    this.#existing = new ExistingEntries(app);
    this.#uploader = new BatchUploader(this.#journal, onProgress, signal);
    this.#journalKinds = new Map(archive.head.journals.map(({ id, kind }) => [id, kind]));
    /** Whether something could not be imported. */
    this.skipped = false;
  }

  /** @returns {Promise<void>} resolves when everything that can be imported has been */
  async run() {
    this.#onProgress({ step: "reading" });
    await this.#uploader.withRetries(() => this.#existing.load());
    const all = await this.#plan();
    let done = 0;
    for await (const line of this.#lines()) {
      this.signal.throwIfAborted();
      await this.#importEntry(line);
      this.#onProgress({ step: "bringing", fraction: ++done / all });
    }
    await this.#uploader.flush();
    this.skipped ||= this.#uploader.skipped;
  }

  /**
   * Yield everything in the archive, with answers as notes.
   * @returns {AsyncGenerator<Line>}
   */
  async *#lines() {
    for await (const line of this.#archive.entries()) {
      if (!SPACE_METADATA_TYPES.includes(line.doc?.type)) yield line;
    }
    for await (const line of this.#archive.answers()) {
      for (const answer of line.answers) yield toNote(line, answer);
    }
  }

  /**
   * Derive all ids beforehand, because one entry may refer to another.
   * @returns {Promise<number>} the number of entries
   */
  async #plan() {
    let all = 0;
    /** @type {Promise<unknown>[]} */
    const asked = [];
    for await (const line of this.#lines()) {
      const know = async () =>
        this.#ids.set(line.id, this.#existing.locate(line) ?? (await this.#idFor(line)));
      asked.push(know());
      if (++all % AT_ONCE === 0) await Promise.all(asked.splice(0));
    }
    await Promise.all(asked);
    return all;
  }

  /** @param {Line} line */
  async #idFor(line) {
    const own = this.#journalKinds.get(line.journal) === "individual" || isLwwMap(line.doc);
    const name = line.named && own ? line.named : `restored/${line.doc.was ?? line.id}`;
    return toBase64Url(
      await namedId(
        this.#journal.names,
        fromBase64Url(this.#journal.journals.session.account.id),
        name,
      ),
    );
  }

  /** @param {Line} line */
  async #importEntry(line) {
    if (this.#existing.locate(line)) return;
    const id = this.#ids.get(line.id) ?? "";
    try {
      if (line.named && isLwwMap(line.doc)) await this.#merge(id, line);
      else if (this.#existing.add(id)) {
        const notes = await this.files(id, line.doc, line.files);
        const doc = { ...withNewRefs(line.doc, notes, this.#ids), ...this.#origin(line) };
        await this.#uploader.add(id, doc);
      }
    } catch (error) {
      // it was deleted in this account, and stays deleted
      if (error instanceof ApiError && error.error === "gone") return;
      if (!(error instanceof TooLargeError)) throw error;
      this.skipped = true;
    }
  }

  /**
   * Merge the items of a map into the existing ones: the last write of each item wins.
   * @param {string} id
   * @param {Line} line
   */
  async #merge(id, line) {
    const { type, thing: name, items } = line.doc;
    const { from } = this.#origin(line);
    const map = new LwwMap(this.#journal, type, name, [id]);
    await this.#uploader.withRetries(() => map.refresh());
    const present = map.records[0]?.doc?.items ?? {};
    const newer = Object.entries(items).filter(
      ([key, { at }]) =>
        !this.#existing.hasNewerItem(line.doc, key, at) &&
        !(Date.parse(present[key]?.at) >= Date.parse(at)),
    );
    if (!newer.length) return;
    const changes = Object.fromEntries(
      newer.map(([key, item]) => [key, from ? { ...item, from } : item]),
    );
    const notes = await this.files(id, changes, line.files);
    await this.#uploader.withRetries(() => map.writeOwn(withNewRefs(changes, notes, this.#ids)));
  }

  /**
   * Return the original id of an entry, and the author if it was shared.
   * @param {Line} line
   */
  #origin({ id, journal, mine, by, trouble, doc }) {
    const was = doc.was ?? id;
    if (this.#journalKinds.get(journal) === "individual") return { was };
    const own = mine && !trouble;
    return { was, from: doc.from ?? { mine: own, name: own ? "" : by } };
  }

  /**
   * Seal an entry's files anew and upload them before the entry.
   * @param {string} id
   * @param {any} content
   * @param {Record<string, string>} names
   * @returns {Promise<Map<string, FileNote | null>>}
   */
  async files(id, content, names) {
    /** @type {Map<string, FileNote | null>} */
    const notes = new Map();
    for (const old of fileNotes(content)) {
      const bytes = await this.#archive.file(names[old.id] ?? "");
      if (!bytes) this.skipped = true;
      notes.set(old.id, bytes && (await this.file(id, old, bytes)));
    }
    return notes;
  }

  /**
   * @param {string} entry
   * @param {FileNote} old
   * @param {Uint8Array} bytes
   */
  async file(entry, { id: _id, sha256: _sha256, ...about }, bytes) {
    const { note, parcel } = await sealFile(this.#journal, entry, bytes, about);
    await this.#uploader.uploadFile(entry, parcel);
    return note;
  }
}

/**
 * Whether a document is merged item by item instead of being written as it is.
 * @param {Record<string, any>} doc
 */
function isLwwMap({ thing, items }) {
  const all = typeof items === "object" && items !== null ? Object.values(items) : [null];
  return (
    typeof thing === "string" && all.every((item) => typeof item === "object" && item !== null)
  );
}
