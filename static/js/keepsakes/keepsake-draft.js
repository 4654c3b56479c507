/**
 * A draft of a keepsake's words, sealed on this device like any draft. Dispatches "saved" when it
 * is stored, and "forked" when it has got a new id. Runs without a DOM.
 */

import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { isOrphaned } from "../replica/reclaim-orphans.js";
import { CoalescedTask } from "../coalesced-task.js";
import { timestamp } from "../clock.js";

/**
 * @typedef {import("../entries/recorder.js").Recording} Recording
 * @typedef {import("./keepsakes.js").Kind} Kind
 * @typedef {{ title: string, captions: string[], whom: import("../naming/grammar.js").Word[] }}
 *    Words
 */

export class KeepsakeDraft extends EventTarget {
  #journals;

  /**
   * @param {import("../replica/journals.js").Journals} journals
   * @param {import("../replica/drafts.js").Draft & { keepsake: Words & { kind: Kind } }} doc
   */
  constructor(journals, doc) {
    super();
    this.#journals = journals;
    this.doc = doc;
    this.openInOtherTab = false;
    /** @type {Recording | null} */
    this.recording = doc.spoken ? { ...doc.spoken, bytes: fromBase64Url(doc.spoken.data) } : null;
    this.saveTask = new CoalescedTask(async () => {
      if (journals.session.state !== "unlocked") return;
      if (this.openInOtherTab) this.#fork();
      await journals.drafts.save(this.doc);
      this.dispatchEvent(new Event("saved"));
    });
  }

  /**
   * Open the existing draft of this kind, or start one.
   * @param {import("../replica/journals.js").Journals} journals
   * @param {Kind} kind
   */
  static async open(journals, kind) {
    const begun = /** @type {any[]} */ (await journals.drafts.all()).find(
      (draft) => draft.keepsake?.kind === kind && (draft.shared || !journals.pinLock.isLocked),
    );
    const keepsake = { kind, title: "", captions: [], whom: [] };
    const none = {
      rev: 1,
      shared: false,
      to: "",
      text: "",
      feelings: [],
      files: [],
      at: timestamp(),
    };
    const fresh = {
      id: toBase64Url(randomBytes(16)),
      type: /** @type {const} */ ("keepsake"),
      keepsake,
      ...none,
    };
    const draft = new KeepsakeDraft(journals, begun ?? fresh);
    draft.reclaim();
    return draft;
  }

  /** @returns {Words} */
  get words() {
    return this.doc.keepsake;
  }

  /** @param {Partial<Words>} words */
  change(words) {
    Object.assign(this.doc.keepsake, words);
    const { title, captions } = this.words;
    // so that the draft does not count as blank
    this.doc.text = [title, ...captions].filter(Boolean).join("\n");
    void this.saveTask.schedule();
  }

  /** Continue under a new id, because another tab has this draft open. */
  #fork() {
    this.openInOtherTab = false;
    this.doc.id = toBase64Url(randomBytes(16));
    this.dispatchEvent(new Event("forked"));
  }

  /** @param {boolean} shared */
  setShared(shared) {
    this.doc.shared = shared;
    this.doc.space = "";
    void this.saveTask.schedule();
  }

  /**
   * Add a recording, or remove it.
   * @param {Recording | null} recording
   */
  record(recording) {
    this.recording = recording;
    const { mime = "", seconds = 0 } = recording ?? {};
    this.doc.spoken = recording && { mime, seconds, data: toBase64Url(recording.bytes) };
    return this.saveTask.schedule();
  }

  /**
   * Make the draft private, because its space has ended.
   * @returns {boolean} whether it was shared
   */
  reclaim() {
    if (!isOrphaned(this.#journals, this.doc)) return false;
    this.setShared(false);
    return true;
  }

  async delete() {
    await this.saveTask.idle();
    await this.#journals.drafts.delete(this.doc.id);
  }
}
