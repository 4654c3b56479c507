/** What is on its way: a line each, how far it is, and what can be done when there is no room. */

import { clone, fill, on, part, show } from "../ui/dom.js";
import { sayError } from "../ui/sentences.js";

export class Sending {
  /** @param {HTMLElement} place @param {import("./keepsakes.js").Keepsakes} keepsakes */
  constructor(place, keepsakes) {
    this.place = place;
    this.keepsakes = keepsakes;
    this.outbox = keepsakes.journals.outbox;
    /** @type {Map<string, HTMLElement>} */
    this.lines = new Map();
    this.turn = 0;
  }

  /** Go on drawing until the returned function is called. @returns {() => void} */
  start() {
    const changed = () => void this.draw();
    const moved = () => this.move();
    this.outbox.addEventListener("changed", changed);
    this.outbox.addEventListener("moved", moved);
    return () => {
      this.outbox.removeEventListener("changed", changed);
      this.outbox.removeEventListener("moved", moved);
    };
  }

  async draw() {
    const turn = ++this.turn;
    const waiting = await this.keepsakes.waiting();
    if (turn !== this.turn) return;
    for (const [id, line] of this.lines) {
      if (waiting.includes(id)) continue;
      line.remove();
      this.lines.delete(id);
    }
    for (const id of waiting) {
      const line = this.lines.get(id) ?? this.line(id);
      const why = this.outbox.refusals.get(id);
      const onDisk = this.outbox.isOnDisk(id);
      show(line, "waiting", onDisk);
      show(line, "held", !onDisk);
      fill(line, { why: why ? sayError(why.error) : "" });
      show(line, "why", why !== undefined);
      show(line, "actions", why !== undefined);
    }
    this.move();
  }

  move() {
    for (const [id, line] of this.lines) {
      const bar = /** @type {HTMLProgressElement} */ (part(line, "far"));
      const fraction = this.outbox.fractions.get(id);
      bar.hidden = fraction === undefined;
      bar.value = fraction ?? 0;
    }
  }

  /** @param {string} id */
  line(id) {
    const line = clone("keepsake-sending");
    on(line, "again", "click", () => void this.outbox.retry());
    on(line, "back", "click", () => show(line, "sure", true));
    on(line, "back-no", "click", () => show(line, "sure", false));
    on(line, "back-yes", "click", () => void this.outbox.takeBack(id));
    this.lines.set(id, line);
    this.place.append(line);
    return line;
  }
}
