/** What is being written, from the first letter to the echo of its hash. Knows no DOM. */

import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { fits } from "../crypto/envelope.js";
import { today } from "../calendar-date.js";
import { isTimeLocked, opensAfter } from "./time-lock.js";
import { sealFile } from "./attachments.js";
import { toPrivateDraft, isOrphaned } from "./reclaim-orphans.js";
import { CoalescedTask } from "../coalesced-task.js";
import { timestamp } from "../clock.js";

/** @typedef {import("./drafts.js").Draft} Draft */

const MAY_BE_LONG = 150_000; // characters: six bytes each, at most, still fit one entry

export class DraftEditor extends EventTarget {
  /**
   * @param {import("./journals.js").Journals} journals
   * @param {Draft} draft
   */
  constructor(journals, draft) {
    super();
    this.journals = journals;
    this.draft = draft;
    this.editing = draft.rev > 1;
    this.saving = false;
    this.openInOtherTab = false;
    /**
     * The stamp of what was sent last.
     * @type {string | undefined}
     */
    this.sent = undefined;
    const { spoken } = draft;
    /** @type {import("../entries/recorder.js").Recording | null} */
    this.recording = spoken ? { ...spoken, bytes: fromBase64Url(spoken.data) } : null;
    this.saveTask = new CoalescedTask(async () => {
      if (journals.session.state !== "unlocked") return;
      await journals.drafts.save(this.draft);
      this.dispatchEvent(new Event("saved"));
    });
  }

  /**
   * Begin a new page, go on with a draft, or edit one's own entry.
   * @param {import("./journals.js").Journals} journals
   * @param {string} id "" for a new page
   * @param {"note" | "letter"} [kind] what a new page is
   * @returns {Promise<DraftEditor | null>} null when there is nothing of that id
   */
  static async open(journals, id, kind = "note") {
    const kept = id ? await journals.drafts.get(id) : null;
    if (kept)
      return kept.shared || !journals.pinLock.isLocked ? new DraftEditor(journals, kept) : null;
    if (!id) {
      return new DraftEditor(journals, {
        id: toBase64Url(randomBytes(16)),
        rev: 1,
        shared: false,
        type: kind,
        to: "",
        text: "",
        feelings: [],
        files: [],
        more: {},
        at: timestamp(),
      });
    }
    const entry = journals.individual.entries.get(id) ?? journals.shared?.entries.get(id);
    if (
      !entry?.doc ||
      !entry.mine ||
      isTimeLocked(entry.doc) ||
      (!entry.shared && journals.pinLock.isLocked)
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
    return new DraftEditor(journals, {
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

  /**
   * What was written on another device in place of the text that this draft changes, if anything
   * was: saving it as it is would be refused.
   * @returns {import("./journal.js").Entry | null}
   */
  get overtakenBy() {
    const { draft, editing } = this;
    const known = this.journal.entries.get(draft.id);
    return editing && known && known.rev >= draft.rev ? known : null;
  }

  /** Whether it can be saved in one piece; a text is only measured where it might not. */
  get fits() {
    const { type, text, to, feelings, at, files, more } = this.draft;
    if (text.length < MAY_BE_LONG) return true;
    return fits(this.journal.kind, { ...more, ...this.gift, type, at, text, to, feelings, files });
  }

  /**
   * @param {Partial<Draft>} change
   * @returns {Promise<void>} resolves when it is kept
   */
  change(change) {
    if (this.openInOtherTab) this.fork();
    Object.assign(this.draft, change, { stamp: newStamp() });
    this.dispatchEvent(new Event("changed"));
    return this.saveTask.schedule();
  }

  /** Another tab has this page open: what is changed here is a page of its own. */
  fork() {
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
   * Something was spoken, or taken back.
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

  /** Whether it is a letter that stays closed for now. */
  get staysTimeLocked() {
    const { type, more = {} } = this.draft;
    return type === "letter" && !this.editing && opensAfter(more.opens, today());
  }

  /**
   * Where it goes; what is closed stays its writer's until its day.
   * @returns {import("./journal.js").Journal}
   */
  get journal() {
    const { individual, shared } = this.journals;
    return (this.draft.shared && !this.staysTimeLocked ? shared : null) ?? individual;
  }

  /** Where a closed letter is copied on its day. */
  get gift() {
    const { shared } = this.journals;
    return this.staysTimeLocked && this.draft.shared && shared
      ? { give: toBase64Url(shared.id) }
      : {};
  }

  /**
   * The space has ended: what was for both is one's own page now.
   * @returns {Promise<boolean>} whether it was for both
   */
  async reclaim() {
    const { journals, draft } = this;
    if (this.saving || !isOrphaned(journals, draft)) return false;
    if (this.openInOtherTab) {
      Object.assign(draft, { shared: false, space: "" }); // the tab that holds it brings it home
      return true;
    }
    const was = { ...draft };
    draft.shared = false; // at once: we may be told twice
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
   * Seal and send; the draft stays until the hash comes back, and what is written meanwhile stays
   * after that (see `more`).
   * @returns {Promise<unknown>} null, or why it waits
   */
  async save() {
    this.saving = true;
    return this.sealAndSend().finally(() => (this.saving = false));
  }

  /** Whether there is more in the draft than was sent last. */
  get hasUnsentChanges() {
    return this.sent !== this.draft.stamp;
  }

  /** What was sent has arrived: what is written from now on changes it. */
  onDelivered() {
    if (!this.draft.spoken) this.recording = null;
    this.editing = true;
  }

  /**
   * @param {import("./attachments.js").FileNote[]} [notes] of files that were sealed for it already
   * @param {{ id: string, box: Uint8Array, tag?: string }[]} [sealedFiles]
   * @returns {Promise<unknown>}
   */
  async sealAndSend(notes = [], sealedFiles = []) {
    if (this.openInOtherTab) this.change({}); // two tabs never send the same page
    await this.journals.outbox.idle(this.draft.id); // so that its revision is the next one
    await this.saveTask.schedule();
    this.journals.journalFor(this.draft.shared); // a closed letter for both needs the space, too
    const { journal, recording } = this;
    const draft = { ...this.draft };
    this.sent = draft.stamp;
    const files = [...draft.files, ...notes];
    const parcels = [...sealedFiles];
    if (recording) {
      const told = { ...describeRecording(recording), name: "" };
      const { note, parcel } = await sealFile(journal, draft.id, recording.bytes, told);
      files.push(note);
      parcels.push(parcel);
    }
    const { type, text, to, feelings, at, id, rev, more } = draft;
    const doc = { ...more, ...this.gift, type, at, text, to, feelings, files };
    const sealed = await journal.seal(doc, { id, rev });
    const stamps = { stamp: draft.stamp, spoken: draft.spoken?.stamp };
    return this.journals.outbox.sendNow(sealed, parcels, stamps);
  }

  /**
   * Keep mine beside the other text, or after the entry was deleted, as an entry of its own; with
   * the files that this device still has of a deleted one.
   */
  async saveAsNew() {
    const { journals, draft, journal } = this;
    const before = draft.id;
    const id = toBase64Url(randomBytes(16));
    const { notes, parcels } = await journals.trash.filesFor(before, journal, id);
    this.editing = false;
    this.saving = true;
    // The same object, because the screen may hold it.
    Object.assign(draft, { id, rev: 1, files: [], at: timestamp() });
    const waits = await this.sealAndSend(notes, parcels).finally(() => (this.saving = false));
    await journals.drafts.delete(before);
    return waits;
  }

  /** Take the page away. */
  async discard() {
    await this.saveTask.idle();
    await this.journals.drafts.delete(this.draft.id);
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
