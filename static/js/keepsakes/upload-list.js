/** Uploads in progress: a line each with its progress, and the choices when storage is full. */

import { clone, fill, on, part, setVisible } from "../ui/dom.js";
import { errorMessage } from "../ui/i18n.js";

export class UploadList {
  #place;
  #keepsakes;
  #outbox;
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map();
  #renderCount = 0;

  /**
   * @param {HTMLElement} container
   * @param {import("./keepsakes.js").Keepsakes} keepsakes
   */
  constructor(container, keepsakes) {
    this.#place = container;
    this.#keepsakes = keepsakes;
    this.#outbox = keepsakes.journals.outbox;
  }

  /**
   * Follow the outbox.
   * @param {AbortSignal} signal
   */
  watch(signal) {
    this.#outbox.addEventListener("changed", () => void this.render(), { signal });
    this.#outbox.addEventListener("progress", () => this.#updateProgress(), { signal });
  }

  async render() {
    const turn = ++this.#renderCount;
    const waiting = await this.#keepsakes.pendingIds();
    if (turn !== this.#renderCount) return;
    for (const [id, line] of this.#rows) {
      if (waiting.includes(id)) continue;
      line.remove();
      this.#rows.delete(id);
    }
    for (const id of waiting) {
      const line = this.#rows.get(id) ?? this.#addRow(id);
      const why = this.#outbox.states.of(id)?.error;
      const onDisk = this.#outbox.isOnDisk(id);
      setVisible(line, "waiting", onDisk);
      setVisible(line, "held", !onDisk);
      fill(line, { why: why ? errorMessage(why) : "" });
      setVisible(line, "why", why !== undefined);
      setVisible(line, "actions", why !== undefined);
    }
    this.#updateProgress();
  }

  #updateProgress() {
    for (const [id, line] of this.#rows) {
      const bar = /** @type {HTMLProgressElement} */ (part(line, "far"));
      const fraction = this.#outbox.states.of(id)?.fraction;
      bar.hidden = fraction === undefined;
      bar.value = fraction ?? 0;
    }
  }

  /** @param {string} id */
  #addRow(id) {
    const line = clone("keepsake-sending");
    on(line, "again", "click", () => void this.#outbox.retryNow());
    on(line, "back", "click", () => setVisible(line, "sure", true));
    on(line, "back-no", "click", () => setVisible(line, "sure", false));
    on(line, "back-yes", "click", () => void this.#outbox.cancel(id));
    this.#rows.set(id, line);
    this.#place.append(line);
    return line;
  }
}
