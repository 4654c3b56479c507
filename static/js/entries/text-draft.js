/** A draft of a text under a question, sealed on this device like any draft. */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { CoalescedTask } from "../coalesced-task.js";
import { clearSentText } from "../ui/form-state.js";
import { timestamp } from "../clock.js";

export class TextDraft {
  #shared;
  #saved = "";

  /**
   * @param {import("../replica/journals.js").Journals} journals
   * @param {string} id
   * @param {boolean} [shared] whether it is meant for both members
   */
  constructor({ drafts }, id, shared = true) {
    this.drafts = drafts;
    this.id = id;
    this.#shared = shared;
    this.text = "";
    /** @type {import("./recorder.js").Recording | null} */
    this.recording = null;
    this.saveTask = new CoalescedTask(() => this.#save());
  }

  /**
   * Open the draft for a question. It stays the member's own, whatever happens to the space.
   * @param {import("../replica/journals.js").Journals} journals
   * @param {"answer" | "thread" | "day"} purpose
   * @param {string} question
   */
  static async named(journals, purpose, question) {
    const { names, members } = journals.individual;
    const id = await namedId(
      names,
      /** @type {Uint8Array} */ (members[0]),
      `${purpose}/${question}`,
    );
    return new TextDraft(journals, toBase64Url(id));
  }

  /** @returns {Promise<string>} */
  async load() {
    const kept = await this.drafts.get(this.id);
    this.text = this.#saved = kept?.text ?? "";
    const { spoken } = kept ?? {};
    this.recording = spoken ? { ...spoken, bytes: fromBase64Url(spoken.data) } : null;
    return this.text;
  }

  /** @param {string} text */
  change(text) {
    this.text = text;
    void this.saveTask.schedule();
  }

  /**
   * Add a recording, or remove it.
   * @param {import("./recorder.js").Recording | null} recording
   */
  record(recording) {
    this.recording = recording;
    return this.saveTask.schedule();
  }

  /** Whether the text is stored as it is now. */
  get isSaved() {
    return this.#saved === this.text;
  }

  async #save() {
    // After the lock nothing can be sealed, and nothing a screen concludes then deletes a text.
    if (this.drafts.session.state !== "unlocked") return;
    const { text } = this;
    if (!text && !this.recording) {
      this.#saved = "";
      return this.drafts.delete(this.id);
    }
    const shared = this.#shared;
    const rest = { rev: 1, shared, to: "", feelings: [], files: [], at: timestamp() };
    const { mime = "", seconds = 0, bytes } = this.recording ?? {};
    const spoken = bytes ? { mime, seconds, data: toBase64Url(bytes) } : null;
    await this.drafts.save({ id: this.id, type: "answer", text, spoken, ...rest });
    this.#saved = text;
  }

  /** Delete the draft; resolves when it is deleted. */
  async clear() {
    this.text = "";
    this.recording = null;
    await this.saveTask.schedule();
  }
}

/**
 * Remove what was sent from a field and from its draft; what was typed since stays in both.
 * @param {HTMLTextAreaElement} field
 * @param {TextDraft | undefined} draft
 * @param {string} sent the field's text when it was sent
 * @returns {Promise<boolean>} whether some text is left
 */
export async function clearSent(field, draft, sent) {
  clearSentText(field, sent);
  if (draft) {
    draft.change(field.value);
    await draft.saveTask.idle();
  }
  return field.value.trim() !== "";
}

/**
 * Save what is typed into a field as a draft, and fill the field with the saved draft.
 * @param {HTMLTextAreaElement} field
 * @param {TextDraft} draft
 * @param {AbortSignal} signal
 */
export async function bindDraft(field, draft, signal) {
  field.addEventListener("input", () => draft.change(field.value), { signal });
  syncWithOtherTabs(field, draft, signal);
  const before = await draft.load();
  if (field.value)
    draft.change(field.value); // typing that has already begun is not overwritten
  else field.value = before;
}

/**
 * Keep one draft across tabs: when a field is looked at again, it takes over text that was typed in
 * another tab meanwhile. If the draft was deleted, the field's text stays.
 * @param {HTMLTextAreaElement} field
 * @param {TextDraft} draft
 * @param {AbortSignal} signal
 */
export function syncWithOtherTabs(field, draft, signal) {
  const reload = async () => {
    if (!field.isConnected || document.hidden || draft.drafts.session.state !== "unlocked") return;
    await draft.saveTask.idle();
    const before = draft.text;
    const there = (await draft.drafts.get(draft.id))?.text;
    // Typing that is under way continues with this field's text.
    const still = draft.text === before && field.value === before;
    if (there && there !== before && still) field.value = draft.text = there;
  };
  window.addEventListener("focus", reload, { signal });
  document.addEventListener("visibilitychange", reload, { signal });
}
