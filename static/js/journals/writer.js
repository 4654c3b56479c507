/** What is being written, from the first letter to the echo of its hash. Knows no DOM. */

import { b64, randomBytes } from "../crypto/bytes.js";
import { sealFile } from "./files.js";
import { now } from "./journal.js";

const PAUSE_MS = 200; // after the last key; what is kept is at most this far behind

/** @typedef {import("./drafts.js").Draft} Draft */

export class Writer extends EventTarget {
  /** @param {import("./journals.js").Journals} journals @param {Draft} draft */
  constructor(journals, draft) {
    super();
    this.journals = journals;
    this.draft = draft;
    this.editing = draft.rev > 1;
    this.timer = 0;
    this.changed = false;
    /** @type {Promise<void>} */
    this.keeping = Promise.resolve();
    /** @type {import("./recorder.js").Recording | null} */
    this.recording = null;
  }

  /**
   * Begin a new page, go on with a draft, or edit one's own entry.
   * @param {import("./journals.js").Journals} journals
   * @param {string} id "" for a new page
   * @returns {Promise<Writer | null>} null when there is nothing of that id
   */
  static async begin(journals, id) {
    const kept = id ? await journals.drafts.get(id) : null;
    if (kept) return new Writer(journals, kept);
    if (!id) {
      return new Writer(journals, {
        id: b64(randomBytes(16)),
        rev: 1,
        shared: false,
        type: "note",
        to: "",
        text: "",
        feelings: [],
        files: [],
        at: now(),
      });
    }
    const entry = journals.individual.entries.get(id) ?? journals.shared?.entries.get(id);
    if (!entry?.doc || !entry.mine) return null;
    const { type, text = "", to = "", feelings = [], files = [], at } = entry.doc;
    const kind = type === "letter" ? "letter" : "note";
    const { shared } = entry;
    return new Writer(journals, { id, rev: entry.rev + 1, shared, type: kind, to, text, feelings, files, at });
  }

  get hasWords() {
    const { text, feelings, files } = this.draft;
    return text.trim() !== "" || feelings.length > 0 || files.length > 0 || this.recording !== null;
  }

  /** @param {Partial<Draft>} change */
  change(change) {
    Object.assign(this.draft, change);
    this.changed = true;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), PAUSE_MS);
  }

  /** Keep the draft now, if it has changed. @returns {Promise<void>} */
  flush() {
    clearTimeout(this.timer);
    if (!this.changed || this.journals.session.state !== "open") return this.keeping;
    this.changed = false;
    this.keeping = this.journals.drafts
      .keep(this.draft)
      .then(() => void this.dispatchEvent(new Event("kept")))
      .catch(() => void (this.changed = true));
    return this.keeping;
  }

  /** @returns {import("./journal.js").Journal} */
  get journal() {
    const { individual, shared } = this.journals;
    return (this.draft.shared ? shared : null) ?? individual;
  }

  /** Seal and send; the draft stays until the hash comes back. @returns {Promise<"sent" | "waiting">} */
  async save() {
    this.changed = true;
    await this.flush();
    const { journal, draft } = this;
    /** @type {import("./files.js").FileNote[]} */
    const files = [...draft.files];
    /** @type {{ id: string, box: Uint8Array, tag?: string }[]} */
    const parcels = [];
    if (this.recording) {
      const { bytes, mime, seconds } = this.recording;
      const about = { mime, name: "", seconds };
      const { note, parcel } = await sealFile(journal, draft.id, bytes, about);
      files.push(note);
      parcels.push(parcel);
    }
    const { type, text, to, feelings, at, id, rev } = draft;
    const sealed = await journal.seal({ type, at, text, to, feelings, files }, { id, rev });
    const outcome = await this.journals.outbox.post(sealed, parcels);
    clearTimeout(this.timer);
    this.changed = false;
    return outcome;
  }

  /** Keep mine beside the other text, as an entry of its own. */
  async saveAsNew() {
    await this.journals.drafts.drop(this.draft.id);
    this.draft = { ...this.draft, id: b64(randomBytes(16)), rev: 1, files: [], at: now() };
    return this.save();
  }

  /** Take the page away. */
  async discard() {
    this.changed = false;
    clearTimeout(this.timer);
    await this.keeping;
    await this.journals.drafts.drop(this.draft.id);
  }
}
