/** Words under a question that are being written, sealed on this device like any draft. */

import { b64, unb64 } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { now } from "../journals/journal.js";
import { Keeping } from "../journals/keeping.js";
import { takeOut } from "../ui/sent.js";

export class AnswerDraft {
  /**
   * @param {import("../journals/journals.js").Journals} journals
   * @param {string} id
   * @param {boolean} [shared] whether it is meant for two
   */
  constructor({ drafts }, id, shared = true) {
    this.drafts = drafts;
    this.id = id;
    this.shared = shared;
    this.text = "";
    /** @type {import("../journals/recorder.js").Recording | null} */
    this.recording = null;
    this.keeping = new Keeping(() => this.keep());
  }

  /**
   * The draft of a question; it stays one's own, whatever becomes of the space.
   * @param {import("../journals/journals.js").Journals} journals
   * @param {"answer" | "thread" | "day"} what
   * @param {string} question
   */
  static async of(journals, what, question) {
    const { names, members } = journals.individual;
    const id = await namedId(names, /** @type {Uint8Array} */ (members[0]), `${what}/${question}`);
    return new AnswerDraft(journals, b64(id));
  }

  /** @returns {Promise<string>} */
  async read() {
    const kept = await this.drafts.get(this.id);
    this.text = kept?.text ?? "";
    const { spoken } = kept ?? {};
    this.recording = spoken ? { ...spoken, bytes: unb64(spoken.data) } : null;
    return this.text;
  }

  /** @param {string} text */
  change(text) {
    this.text = text;
    void this.keeping.changed();
  }

  /**
   * Something was spoken, or taken back.
   * @param {import("../journals/recorder.js").Recording | null} recording
   */
  record(recording) {
    this.recording = recording;
    return this.keeping.changed();
  }

  async keep() {
    if (!this.text && !this.recording) return this.drafts.drop(this.id);
    const { shared } = this;
    const rest = { rev: 1, shared, to: "", feelings: [], files: [], at: now() };
    const { mime = "", seconds = 0, bytes } = this.recording ?? {};
    const spoken = bytes ? { mime, seconds, data: b64(bytes) } : null;
    await this.drafts.keep({ id: this.id, type: "answer", text: this.text, spoken, ...rest });
  }

  /** Nothing of it is wanted any more; resolves when it is gone. */
  async drop() {
    this.text = "";
    this.recording = null;
    await this.keeping.changed();
  }
}

/**
 * What was sent goes from a field and from its draft; what was typed since stays in both.
 * @param {HTMLTextAreaElement} field
 * @param {AnswerDraft | undefined} draft
 * @param {string} sent as it stood in the field
 * @returns {Promise<boolean>} whether something stayed
 */
export async function takeSent(field, draft, sent) {
  takeOut(field, sent);
  if (draft) {
    draft.change(field.value);
    await draft.keeping.settled();
  }
  return field.value.trim() !== "";
}

/**
 * Let a field keep what is typed into it as a draft, and begin with what was kept.
 * @param {HTMLTextAreaElement} field
 * @param {AnswerDraft} draft
 */
export async function keepsDraft(field, draft) {
  field.addEventListener("input", () => draft.change(field.value));
  followOtherTabs(field, draft);
  const before = await draft.read();
  if (field.value)
    draft.change(field.value); // whoever types already is faster
  else field.value = before;
}

/**
 * One draft, whichever tab it is written in: a field that is looked at again holds what was
 * written in another tab meanwhile. Where the draft is gone, what stands in the field stays.
 * @param {HTMLTextAreaElement} field
 * @param {AnswerDraft} draft
 */
export function followOtherTabs(field, draft) {
  const look = async () => {
    if (!field.isConnected) return stop();
    if (document.hidden || draft.drafts.session.state !== "open") return;
    await draft.keeping.settled();
    const before = draft.text;
    const there = (await draft.drafts.get(draft.id))?.text;
    // Whoever types in this very moment goes on with what stands here.
    const still = draft.text === before && field.value === before;
    if (there && there !== before && still) field.value = draft.text = there;
  };
  const stop = () => {
    window.removeEventListener("focus", look);
    document.removeEventListener("visibilitychange", look);
  };
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
}
