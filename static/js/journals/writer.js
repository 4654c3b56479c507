/** What is being written, from the first letter to the echo of its hash. Knows no DOM. */

import { b64, randomBytes, unb64 } from "../crypto/bytes.js";
import { fits } from "../crypto/envelope.js";
import { today } from "../days/dates.js";
import { isClosed, opensAfter } from "../letters/closed.js";
import { sealFile } from "./files.js";
import { now } from "./journal.js";
import { atHome, isStranded } from "./coming-home.js";
import { Keeping } from "./keeping.js";

/** @typedef {import("./drafts.js").Draft} Draft */

const MAY_BE_LONG = 150_000; // characters: six bytes each, at most, still fit one entry

export class Writer extends EventTarget {
  /** @param {import("./journals.js").Journals} journals @param {Draft} draft */
  constructor(journals, draft) {
    super();
    this.journals = journals;
    this.draft = draft;
    this.editing = draft.rev > 1;
    this.saving = false;
    this.apart = false;
    /** The stamp of what was sent last. @type {string | undefined} */
    this.sent = undefined;
    const { spoken } = draft;
    /** @type {import("./recorder.js").Recording | null} */
    this.recording = spoken ? { ...spoken, bytes: unb64(spoken.data) } : null;
    this.keeping = new Keeping(async () => {
      if (journals.session.state !== "open") return;
      await journals.drafts.keep(this.draft);
      this.dispatchEvent(new Event("kept"));
    });
  }

  /**
   * Begin a new page, go on with a draft, or edit one's own entry.
   * @param {import("./journals.js").Journals} journals
   * @param {string} id "" for a new page
   * @param {"note" | "letter"} [kind] what a new page is
   * @returns {Promise<Writer | null>} null when there is nothing of that id
   */
  static async begin(journals, id, kind = "note") {
    const kept = id ? await journals.drafts.get(id) : null;
    if (kept) return kept.shared || !journals.onlyMe.closed ? new Writer(journals, kept) : null;
    if (!id) {
      return new Writer(journals, {
        id: b64(randomBytes(16)),
        rev: 1,
        shared: false,
        type: kind,
        to: "",
        text: "",
        feelings: [],
        files: [],
        more: {},
        at: now(),
      });
    }
    const entry = journals.individual.entries.get(id) ?? journals.shared?.entries.get(id);
    if (
      !entry?.doc ||
      !entry.mine ||
      isClosed(entry.doc) ||
      (!entry.shared && journals.onlyMe.closed)
    )
      return null;
    const {
      v: _,
      type: was,
      text = "",
      to = "",
      feelings = [],
      files = [],
      at,
      ...more
    } = entry.doc;
    const type = was === "letter" ? "letter" : "note";
    const { shared } = entry;
    return new Writer(journals, {
      id,
      rev: entry.rev + 1,
      shared,
      type,
      to,
      text,
      feelings,
      files,
      more,
      at,
    });
  }

  get hasWords() {
    const { text, feelings, files } = this.draft;
    return text.trim() !== "" || feelings.length > 0 || files.length > 0 || this.recording !== null;
  }

  /** Whether it can be saved in one piece; a text is only measured where it might not. */
  get fits() {
    const { type, text, to, feelings, at, files, more } = this.draft;
    if (text.length < MAY_BE_LONG) return true;
    return fits(this.journal.kind, { ...more, ...this.gift, type, at, text, to, feelings, files });
  }

  /** @param {Partial<Draft>} change @returns {Promise<void>} resolves when it is kept */
  change(change) {
    if (this.apart) this.becomeAnother();
    Object.assign(this.draft, change, { stamp: newStamp() });
    this.dispatchEvent(new Event("changed"));
    return this.keeping.changed();
  }

  /** Another tab has this page open: what is changed here is a page of its own. */
  becomeAnother() {
    this.apart = false;
    this.editing = false;
    Object.assign(this.draft, { id: b64(randomBytes(16)), rev: 1, files: [], at: now() });
    this.dispatchEvent(new Event("another"));
  }

  /**
   * Something was spoken, or taken back.
   * @param {import("./recorder.js").Recording | null} recording
   */
  record(recording) {
    this.recording = recording;
    const spoken = recording && {
      ...about(recording),
      data: b64(recording.bytes),
      stamp: newStamp(),
    };
    return this.change({ spoken });
  }

  /** Whether it is a letter that stays closed for now. */
  get closes() {
    const { type, more = {} } = this.draft;
    return type === "letter" && !this.editing && opensAfter(more.opens, today());
  }

  /**
   * Where it goes; what is closed stays its writer's until its day.
   * @returns {import("./journal.js").Journal}
   */
  get journal() {
    const { individual, shared } = this.journals;
    return (this.draft.shared && !this.closes ? shared : null) ?? individual;
  }

  /** Where a closed letter is copied on its day. */
  get gift() {
    const { shared } = this.journals;
    return this.closes && this.draft.shared && shared ? { give: b64(shared.id) } : {};
  }

  /**
   * The space has ended: what was for both is one's own page now.
   * @returns {Promise<boolean>} whether it was for both
   */
  async comeHome() {
    const { journals, draft } = this;
    if (this.saving || !isStranded(journals, draft)) return false;
    if (this.apart) {
      Object.assign(draft, { shared: false, space: "" }); // the tab that holds it brings it home
      return true;
    }
    const was = { ...draft };
    draft.shared = false; // at once: we may be told twice
    await this.keeping.settled();
    await journals.drafts.drop(was.id);
    const { id, rev, space, files } = await atHome(journals, was);
    Object.assign(draft, { id, rev, space, files });
    this.editing = false;
    if (this.hasWords) {
      this.change({});
      journals.dispatchEvent(new Event("came-home"));
    }
    return true;
  }

  /**
   * Seal and send; the draft stays until the hash comes back, and what is written meanwhile stays
   * after that (see `more`).
   * @returns {Promise<unknown>} null, or why it waits
   */
  async save() {
    this.saving = true;
    return this.post().finally(() => (this.saving = false));
  }

  /** Whether there is more in the draft than was sent last. */
  get more() {
    return this.sent !== this.draft.stamp;
  }

  /** What was sent has arrived: what is written from now on changes it. */
  arrived() {
    if (!this.draft.spoken) this.recording = null;
    this.editing = true;
  }

  /**
   * @param {import("./files.js").FileNote[]} [notes] of files that were sealed for it already
   * @param {{ id: string, box: Uint8Array, tag?: string }[]} [sealedFiles]
   * @returns {Promise<unknown>}
   */
  async post(notes = [], sealedFiles = []) {
    if (this.apart) this.change({}); // two tabs never send the same page
    await this.journals.outbox.settled(this.draft.id); // so that its revision is the next one
    await this.keeping.changed();
    this.journals.journalFor(this.draft.shared); // a closed letter for both needs the space, too
    const { journal, recording } = this;
    const draft = { ...this.draft };
    this.sent = draft.stamp;
    const files = [...draft.files, ...notes];
    const parcels = [...sealedFiles];
    if (recording) {
      const told = { ...about(recording), name: "" };
      const { note, parcel } = await sealFile(journal, draft.id, recording.bytes, told);
      files.push(note);
      parcels.push(parcel);
    }
    const { type, text, to, feelings, at, id, rev, more } = draft;
    const doc = { ...more, ...this.gift, type, at, text, to, feelings, files };
    const sealed = await journal.seal(doc, { id, rev });
    const stamps = { stamp: draft.stamp, spoken: draft.spoken?.stamp };
    return this.journals.outbox.post(sealed, parcels, stamps);
  }

  /**
   * Keep mine beside the other text, or after the entry was deleted, as an entry of its own; with
   * the files that this device still has of a deleted one.
   */
  async saveAsNew() {
    const { journals, draft, journal } = this;
    const before = draft.id;
    const id = b64(randomBytes(16));
    const { notes, parcels } = await journals.removed.filesOf(before, journal, id);
    this.editing = false;
    this.saving = true;
    Object.assign(draft, { id, rev: 1, files: [], at: now() }); // the same draft: it may be open
    const waits = await this.post(notes, parcels).finally(() => (this.saving = false));
    await journals.drafts.drop(before);
    return waits;
  }

  /** Take the page away. */
  async discard() {
    await this.keeping.settled();
    await this.journals.drafts.drop(this.draft.id);
  }
}

/** @returns {string} */
function newStamp() {
  return b64(randomBytes(8));
}

/** @param {import("./recorder.js").Recording} recording */
function about({ mime, seconds }) {
  return { mime, seconds };
}
