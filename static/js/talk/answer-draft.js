/** An answer that is being written, sealed on this device like any draft. */

import { b64 } from "../crypto/bytes.js";
import { now } from "../journals/journal.js";

const PAUSE_MS = 200;

export class AnswerDraft {
  /** @param {import("../journals/journals.js").Journals} journals @param {Uint8Array} ref */
  constructor({ drafts }, ref) {
    this.drafts = drafts;
    this.id = b64(ref);
    this.text = "";
    this.timer = 0;
  }

  /** @returns {Promise<string>} */
  async read() {
    this.text = (await this.drafts.get(this.id))?.text ?? "";
    return this.text;
  }

  /** @param {string} text */
  change(text) {
    this.text = text;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), PAUSE_MS);
  }

  async flush() {
    clearTimeout(this.timer);
    if (!this.text) return;
    const rest = { rev: 1, shared: true, to: "", feelings: [], files: [], at: now() };
    await this.drafts.keep({ id: this.id, type: "answer", text: this.text, ...rest }).catch(() => {});
  }

  async drop() {
    clearTimeout(this.timer);
    this.text = "";
    await this.drafts.drop(this.id);
  }
}
