/**
 * Words for a keepsake that is not saved yet, sealed on this device like any draft. Knows no DOM.
 */

import { b64, randomBytes, unb64 } from "../crypto/bytes.js";
import { isStranded } from "../journals/coming-home.js";
import { now } from "../journals/journal.js";
import { Keeping } from "../journals/keeping.js";

/**
 * @typedef {import("../journals/recorder.js").Recording} Recording
 * @typedef {import("./keepsakes.js").Kind} Kind
 * @typedef {{ title: string, captions: string[], whom: import("../naming/grammar.js").Word[] }}
 *    Words
 */

export class KeepsakeDraft extends EventTarget {
  /**
   * @param {import("../journals/journals.js").Journals} journals
   * @param {import("../journals/drafts.js").Draft & { keepsake: Words & { kind: Kind } }} doc
   */
  constructor(journals, doc) {
    super();
    this.journals = journals;
    this.doc = doc;
    this.apart = false;
    /** @type {Recording | null} */
    this.recording = doc.spoken ? { ...doc.spoken, bytes: unb64(doc.spoken.data) } : null;
    this.keeping = new Keeping(async () => {
      if (journals.session.state !== "open") return;
      if (this.apart) this.becomeAnother();
      await journals.drafts.keep(this.doc);
      this.dispatchEvent(new Event("kept"));
    });
  }

  /**
   * Go on with what was begun of this kind, or begin.
   * @param {import("../journals/journals.js").Journals} journals
   * @param {Kind} kind
   */
  static async of(journals, kind) {
    const begun = /** @type {any[]} */ (await journals.drafts.all()).find(
      (one) => one.keepsake?.kind === kind && (one.shared || !journals.onlyMe.closed),
    );
    const keepsake = { kind, title: "", captions: [], whom: [] };
    const none = { rev: 1, shared: false, to: "", text: "", feelings: [], files: [], at: now() };
    const fresh = {
      id: b64(randomBytes(16)),
      type: /** @type {const} */ ("keepsake"),
      keepsake,
      ...none,
    };
    const draft = new KeepsakeDraft(journals, begun ?? fresh);
    draft.comeHome();
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
    // what tells that there is something
    this.doc.text = [title, ...captions].filter(Boolean).join("\n");
    void this.keeping.changed();
  }

  /** Another tab has it open: what is changed here is one of its own. */
  becomeAnother() {
    this.apart = false;
    this.doc.id = b64(randomBytes(16));
    this.dispatchEvent(new Event("another"));
  }

  /** @param {boolean} shared */
  address(shared) {
    this.doc.shared = shared;
    this.doc.space = "";
    void this.keeping.changed();
  }

  /** Something was spoken, or taken back. @param {Recording | null} recording */
  record(recording) {
    this.recording = recording;
    const { mime = "", seconds = 0 } = recording ?? {};
    this.doc.spoken = recording && { mime, seconds, data: b64(recording.bytes) };
    return this.keeping.changed();
  }

  /**
   * The space it was for has ended: it is one's own now.
   * @returns {boolean} whether it was for both
   */
  comeHome() {
    if (!isStranded(this.journals, this.doc)) return false;
    this.address(false);
    return true;
  }

  async drop() {
    await this.keeping.settled();
    await this.journals.drafts.drop(this.doc.id);
  }
}
