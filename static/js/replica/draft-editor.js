/**
 * The state of an entry being written, from the first letter until the server confirms its hash.
 * Dispatches "changed" on every change, "saved" when it is stored on this device, and "forked" when
 * it has got a new id. Runs without a DOM.
 */

import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { fits } from "../crypto/envelope.js";
import { today } from "../calendar-date.js";
import { opensAfter } from "./time-lock.js";
import { sealFile } from "./attachments.js";
import { toPrivateDraft, isOrphaned } from "./reclaim-orphans.js";
import { CoalescedTask } from "../coalesced-task.js";
import { timestamp } from "../clock.js";

/** @typedef {import("./drafts.js").Draft} Draft */

const MAY_BE_LONG = 150_000; // characters: at most six bytes each, which still fit one entry

export class DraftEditor extends EventTarget {
  #journals;
  /**
   * The stamp of the revision that was sent last.
   * @type {string | undefined}
   */
  #sent;

  /**
   * @param {import("./journals.js").Journals} journals
   * @param {Draft} draft
   */
  constructor(journals, draft) {
    super();
    this.#journals = journals;
    this.draft = draft;
    this.editing = draft.rev > 1;
    this.saving = false;
    this.openInOtherTab = false;
    const { spoken } = draft;
    /** @type {import("../entries/recorder.js").Recording | null} */
    this.recording = spoken ? { ...spoken, bytes: fromBase64Url(spoken.data) } : null;
    this.saveTask = new CoalescedTask(async () => {
      if (journals.session.state !== "unlocked") return;
      await journals.drafts.save(this.draft);
      this.dispatchEvent(new Event("saved"));
    });
  }

  get hasWords() {
    const { text, feelings, files } = this.draft;
    return text.trim() !== "" || feelings.length > 0 || files.length > 0 || this.recording !== null;
  }

  /**
   * The revision that another device wrote over the text that this draft changes, if any. Saving
   * the draft as it is would be refused.
   * @returns {import("./journal.js").Entry | null}
   */
  get overtakenBy() {
    const { draft, editing } = this;
    const known = this.#journal.entries.get(draft.id);
    return editing && known && known.rev >= draft.rev ? known : null;
  }

  /** Whether it fits one entry; the text is only measured if it might not. */
  get fits() {
    const { type, text, to, feelings, at, files, more } = this.draft;
    if (text.length < MAY_BE_LONG) return true;
    const doc = { ...more, ...this.#gift, type, at, text, to, feelings, files };
    return fits(this.#journal.kind, doc);
  }

  /**
   * @param {Partial<Draft>} change
   * @returns {Promise<void>} resolves when it is saved on this device
   */
  change(change) {
    if (this.openInOtherTab) this.#fork();
    Object.assign(this.draft, change, { stamp: newStamp() });
    this.dispatchEvent(new Event("changed"));
    return this.saveTask.schedule();
  }

  /** Continue under a new id, because another tab has this draft open. */
  #fork() {
    this.openInOtherTab = false;
    this.editing = false;
    Object.assign(this.draft, {
      id: toBase64Url(randomBytes(16)),
      rev: 1,
      files: [],
      at: timestamp(),
    });
    this.dispatchEvent(new Event("forked"));
  }

  /**
   * Add a recording, or remove it.
   * @param {import("../entries/recorder.js").Recording | null} recording
   */
  record(recording) {
    this.recording = recording;
    const spoken = recording && {
      ...describeRecording(recording),
      data: toBase64Url(recording.bytes),
      stamp: newStamp(),
    };
    return this.change({ spoken });
  }

  /** Whether it is a letter that stays time-locked for now. */
  get staysTimeLocked() {
    const { type, more = {} } = this.draft;
    return type === "letter" && !this.editing && opensAfter(more.opens, today());
  }

  /**
   * The journal it is saved to; a time-locked letter stays in its author's until its day.
   * @returns {import("./journal.js").Journal}
   */
  get #journal() {
    const { individual, shared } = this.#journals;
    return (this.draft.shared && !this.staysTimeLocked ? shared : null) ?? individual;
  }

  /** The space into which a time-locked letter is copied on its day. */
  get #gift() {
    const { shared } = this.#journals;
    return this.staysTimeLocked && this.draft.shared && shared
      ? { give: toBase64Url(shared.id) }
      : {};
  }

  /**
   * Make a shared draft private, because its space has ended.
   * @returns {Promise<boolean>} whether it was shared
   */
  async reclaim() {
    const { draft } = this;
    const journals = this.#journals;
    if (this.saving || !isOrphaned(journals, draft)) return false;
    if (this.openInOtherTab) {
      // the tab that holds its lock makes it private
      Object.assign(draft, { shared: false, space: "" });
      return true;
    }
    const was = { ...draft };
    draft.shared = false; // immediately, because this may be called twice
    await this.saveTask.idle();
    await journals.drafts.delete(was.id);
    const { id, rev, space, files } = await toPrivateDraft(journals, was);
    Object.assign(draft, { id, rev, space, files });
    this.editing = false;
    if (this.hasWords) {
      this.change({});
      journals.dispatchEvent(new Event("reclaimed"));
    }
    return true;
  }

  /**
   * Seal and send. The draft stays until the server confirms its hash, and text that is written
   * meanwhile stays after that (see `hasUnsentChanges`).
   * @returns {Promise<unknown>} null, or the reason for waiting
   */
  async save() {
    this.saving = true;
    return this.#sealAndSend().finally(() => (this.saving = false));
  }

  /** Whether the draft has changed since it was sent last. */
  get hasUnsentChanges() {
    return this.#sent !== this.draft.stamp;
  }

  /** The sent revision has been delivered: further changes belong to the next one. */
  onDelivered() {
    if (!this.draft.spoken) this.recording = null;
    this.editing = true;
  }

  /**
   * @param {import("./attachments.js").FileNote[]} [notes] notes of files that are sealed already
   * @param {{ id: string, box: Uint8Array, tag?: string }[]} [sealedFiles]
   * @returns {Promise<unknown>}
   */
  async #sealAndSend(notes = [], sealedFiles = []) {
    if (this.openInOtherTab) this.change({}); // two tabs never send the same draft
    await this.#journals.outbox.idle(this.draft.id); // so that its revision is the next one
    await this.saveTask.schedule();
    this.#journals.journalFor(this.draft.shared); // a shared time-locked letter needs the space
    const { recording } = this;
    const journal = this.#journal;
    const draft = { ...this.draft };
    this.#sent = draft.stamp;
    const files = [...draft.files, ...notes];
    const parcels = [...sealedFiles];
    if (recording) {
      const details = { ...describeRecording(recording), name: "" };
      const { note, parcel } = await sealFile(journal, draft.id, recording.bytes, details);
      files.push(note);
      parcels.push(parcel);
    }
    const { type, text, to, feelings, at, id, rev, more } = draft;
    const doc = { ...more, ...this.#gift, type, at, text, to, feelings, files };
    const sealed = await journal.seal(doc, { id, rev });
    const stamps = { stamp: draft.stamp, spoken: draft.spoken?.stamp };
    return this.#journals.outbox.sendNow(sealed, parcels, stamps);
  }

  /**
   * Save the draft as a new entry, next to the other text or after the entry was deleted, with the
   * files of a deleted entry that this device still has.
   */
  async saveAsNew() {
    const { draft } = this;
    const journals = this.#journals;
    const journal = this.#journal;
    const before = draft.id;
    const id = toBase64Url(randomBytes(16));
    const { notes, parcels } = await journals.trash.filesFor(before, journal, id);
    this.editing = false;
    this.saving = true;
    // The same object, because the screen may hold it.
    Object.assign(draft, { id, rev: 1, files: [], at: timestamp() });
    const waits = await this.#sealAndSend(notes, parcels).finally(() => (this.saving = false));
    await journals.drafts.delete(before);
    return waits;
  }
}

/** @returns {string} */
function newStamp() {
  return toBase64Url(randomBytes(8));
}

/** @param {import("../entries/recorder.js").Recording} recording */
function describeRecording({ mime, seconds }) {
  return { mime, seconds };
}
