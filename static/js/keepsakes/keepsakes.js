/**
 * Keepsakes: entries of their own type, each with one picture or recording or none, read one by
 * one from both journals. Knows no DOM.
 */

import { b64, randomBytes, unb64 } from "../crypto/bytes.js";
import { openJson } from "../crypto/envelope.js";
import { Collection } from "../journals/collection.js";
import { openFile, sealFile } from "../journals/files.js";
import { now } from "../journals/journal.js";

const TYPE = "keepsake";
export const KINDS = /** @type {const} */ (["photo", "page", "recording", "object", "imagined"]);

/**
 * @typedef {(typeof KINDS)[number]} Kind
 * @typedef {import("../naming/grammar.js").Word} Word
 * @typedef {import("../journals/journal.js").Journal} Journal
 * @typedef {import("../journals/files.js").FileNote} FileNote
 * @typedef {import("../journals/collection.js").Opened} Opened
 * @typedef {{ bytes: Uint8Array, about: Omit<FileNote, "id" | "sha256"> }} Beside
 */

/** Whether it is made of a picture. @param {string} kind */
export function isPictured(kind) {
  return kind === "photo" || kind === "page";
}

export class Keepsakes extends Collection {
  /** @param {import("../journals/journals.js").Journals} journals */
  constructor(journals) {
    super(journals, [TYPE]);
  }

  /**
   * Seal one and send it on its way; resolves when it is kept on this device.
   * @param {Journal} journal
   * @param {{ kind: Kind, title: string, text: string, for: Word[] }} words
   * @param {Beside[]} files
   * @param {number} [nth] of several that were chosen together: they stand in that order
   */
  async put(journal, { kind, ...words }, files, nth = 0) {
    await this.seal(journal, { at: asTheNth(nth), kind, ...words }, files);
  }

  /**
   * Copy one's own to the shared journal: a new entry, its files sealed anew for both.
   * @param {Opened} entry
   */
  async share(entry) {
    const { individual, shared } = this.journals;
    if (!shared) return;
    /** @type {Beside[]} */
    const files = [];
    for (const note of /** @type {FileNote[]} */ (entry.doc.files ?? [])) {
      const { id: _, sha256: __, ...about } = note;
      const blob = await openFile(individual, entry, note);
      files.push({ bytes: new Uint8Array(await blob.arrayBuffer()), about });
    }
    const { kind, title, text, for: whom } = entry.doc;
    await this.seal(shared, { at: now(), kind, title, text, for: whom }, files);
  }

  /** @param {Journal} journal @param {Record<string, any>} doc @param {Beside[]} files */
  async seal(journal, doc, files) {
    const id = b64(randomBytes(16));
    const sealed = [];
    for (const { bytes, about } of files) sealed.push(await sealFile(journal, id, bytes, about));
    const notes = sealed.map(({ note }) => note);
    const entry = await journal.seal({ type: TYPE, ...doc, files: notes }, { id });
    const { outbox } = this.journals;
    await outbox.put(
      entry,
      sealed.map(({ parcel }) => parcel),
    );
    void outbox.send();
  }

  /**
   * Other words beside the same file.
   * @param {Opened} entry
   * @param {number} rev
   * @param {{ title: string, text: string, for: Word[] }} words
   * @returns {Promise<unknown>} null, or why it waits
   */
  async change({ id, doc, shared }, rev, words) {
    const { individual, shared: ours, outbox } = this.journals;
    const journal = shared ? ours : individual;
    if (!journal) throw new Error("no journal");
    const { v: _, ...rest } = doc;
    return outbox.post(await journal.seal({ ...rest, ...words }, { id, rev }));
  }

  /**
   * Other words for one that was deleted, with the files that this device still has of it.
   * @param {Opened} entry
   * @param {{ title: string, text: string, for: Word[] }} words
   * @returns {Promise<import("../journals/removed.js").Gone>}
   */
  async asNew({ id, doc, shared }, words) {
    const kept = (await this.journals.removed.list()).find((one) => one.id === id);
    const { v: _, ...rest } = kept?.doc ?? doc;
    return { id, shared, doc: { ...rest, ...words }, files: kept?.files ?? {} };
  }

  /** Ids of those that have not arrived yet and may be seen now. @returns {Promise<string[]>} */
  async waiting() {
    const { journals } = this;
    const found = [];
    for (const parcel of await journals.outbox.waiting()) {
      const journal = journals.opened.find((one) => b64(one.id) === parcel.journal);
      if (!journal) continue;
      const fields = journal.fields(unb64(parcel.id, 16), journals.session.id, parcel.rev);
      const doc = await openJson(journal.key, journal.kind, fields, unb64(parcel.box)).catch(
        () => null,
      );
      if (doc?.type === TYPE) found.push(parcel.id);
    }
    return found;
  }
}

/** Now, with a fraction of a second that says which of several comes first. @param {number} nth */
function asTheNth(nth) {
  const at = now();
  const seconds = "2026-11-24T07:00:00".length;
  return `${at.slice(0, seconds)}.${String(Math.max(0, 999 - nth)).padStart(3, "0")}${at.slice(seconds)}`;
}
