/**
 * Keepsakes: entries of a type of their own, each with at most one picture or recording, from both
 * journals. Runs without a DOM.
 */

import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { openJson } from "../crypto/envelope.js";
import { EntriesByType } from "../replica/entries-by-type.js";
import { openFile, sealFile } from "../replica/attachments.js";
import { timestamp } from "../clock.js";

const TYPE = "keepsake";
export const KINDS = /** @type {const} */ (["photo", "page", "recording", "object", "imagined"]);

/**
 * @typedef {(typeof KINDS)[number]} Kind
 * @typedef {import("../naming/grammar.js").Word} Word
 * @typedef {import("../replica/journal.js").Journal} Journal
 * @typedef {import("../replica/attachments.js").FileNote} FileNote
 * @typedef {import("../replica/entries-by-type.js").OpenedEntry} Opened
 * @typedef {{ bytes: Uint8Array, about: Omit<FileNote, "id" | "sha256"> }} NewFile
 */

/**
 * Whether a kind of keepsake contains a picture.
 * @param {string} kind
 */
export function isPictured(kind) {
  return kind === "photo" || kind === "page";
}

export class Keepsakes extends EntriesByType {
  /** @param {import("../replica/journals.js").Journals} journals */
  constructor(journals) {
    super(journals, [TYPE]);
  }

  /**
   * Seal a keepsake and queue it; resolves when it is stored on this device.
   * @param {Journal} journal
   * @param {{ kind: Kind, title: string, text: string, for: Word[] }} words
   * @param {NewFile[]} files
   * @param {string} [at] timestamp; the present by default
   */
  async save(journal, { kind, ...words }, files, at = timestamp()) {
    await this.#seal(journal, { at, kind, ...words }, files);
  }

  /**
   * Copy a private one to the shared journal, as a new entry with its files sealed anew for both
   * members.
   * @param {Opened} entry
   */
  async share(entry) {
    const { individual, shared } = this.journals;
    if (!shared) return;
    /** @type {NewFile[]} */
    const files = [];
    for (const note of /** @type {FileNote[]} */ (entry.doc.files ?? [])) {
      const { id: _, sha256: __, ...about } = note;
      const blob = await openFile(individual, entry, note);
      files.push({ bytes: new Uint8Array(await blob.arrayBuffer()), about });
    }
    const { kind, title, text, for: whom } = entry.doc;
    await this.#seal(shared, { at: timestamp(), kind, title, text, for: whom }, files);
  }

  /**
   * @param {Journal} journal
   * @param {Record<string, any>} doc
   * @param {NewFile[]} files
   */
  async #seal(journal, doc, files) {
    const id = toBase64Url(randomBytes(16));
    const sealed = [];
    for (const { bytes, about } of files) sealed.push(await sealFile(journal, id, bytes, about));
    const notes = sealed.map(({ note }) => note);
    const entry = await journal.seal({ type: TYPE, ...doc, files: notes }, { id });
    const { outbox } = this.journals;
    await outbox.enqueue(
      entry,
      sealed.map(({ parcel }) => parcel),
    );
    void outbox.flush();
  }

  /**
   * Replace the words, keeping the file.
   * @param {Opened} entry
   * @param {number} rev
   * @param {{ title: string, text: string, for: Word[] }} words
   * @returns {Promise<unknown>} null, or the reason for waiting
   */
  async change({ id, doc, shared }, rev, words) {
    const { individual, shared: ours, outbox } = this.journals;
    const journal = shared ? ours : individual;
    if (!journal) throw new Error("no journal");
    const { v: _, ...rest } = doc;
    return outbox.sendNow(await journal.seal({ ...rest, ...words }, { id, rev }));
  }

  /**
   * Save the words of a deleted keepsake as a new one, with the files that this device still has.
   * @param {Opened} entry
   * @param {{ title: string, text: string, for: Word[] }} words
   * @returns {Promise<import("../replica/trash.js").TrashedEntry>}
   */
  async toNewEntry({ id, doc, shared }, words) {
    const kept = (await this.journals.trash.list()).find((trashed) => trashed.id === id);
    const { v: _, ...rest } = kept?.doc ?? doc;
    return { id, shared, doc: { ...rest, ...words }, files: kept?.files ?? {} };
  }

  /**
   * Return ids of the unsent ones that may be shown now.
   * @returns {Promise<string[]>}
   */
  async pendingIds() {
    const { journals } = this;
    const found = [];
    for (const parcel of await journals.outbox.pending()) {
      const journal = journals.visible.find(
        (journal) => toBase64Url(journal.id) === parcel.journal,
      );
      if (!journal) continue;
      const fields = journal.fields(fromBase64Url(parcel.id, 16), journals.session.id, parcel.rev);
      const doc = await openJson(
        journal.key,
        journal.kind,
        fields,
        fromBase64Url(parcel.box),
      ).catch(() => null);
      if (doc?.type === TYPE) found.push(parcel.id);
    }
    return found;
  }
}
