/** An answer that is being written, sealed on this device like any draft. */

import { b64 } from "../crypto/bytes.js";
import { now } from "../journals/journal.js";
import { Keeping } from "../journals/keeping.js";

export class AnswerDraft {
  /** @param {import("../journals/journals.js").Journals} journals @param {Uint8Array} ref */
  constructor({ drafts }, ref) {
    this.drafts = drafts;
    this.id = b64(ref);
    this.text = "";
    this.keeping = new Keeping(() => this.keep());
  }

  /** @returns {Promise<string>} */
  async read() {
    this.text = (await this.drafts.get(this.id))?.text ?? "";
    return this.text;
  }

  /** @param {string} text */
  change(text) {
    this.text = text;
    void this.keeping.changed();
  }

  async keep() {
    if (!this.text) return this.drafts.drop(this.id);
    const rest = { rev: 1, shared: true, to: "", feelings: [], files: [], at: now() };
    await this.drafts.keep({ id: this.id, type: "answer", text: this.text, ...rest });
  }

  async drop() {
    this.text = "";
    await this.keeping.settled();
    await this.drafts.drop(this.id);
  }
}
