/** Holding: a finger on the candle or the button, Space or Enter, or "Sit with it for a minute". */

import { EVENTS } from "../net/events.js";
import { on, part } from "../ui/dom.js";

const BEAT_MS = 1000; // the server forgets a hold after 2.5 s without a beat
const MINUTE_MS = 60_000;

export class Hold {
  /** @param {import("../net/live.js").Live} live @param {() => void} changed */
  constructor(live, changed) {
    this.live = live;
    this.changed = changed;
    this.down = false;
    this.beat = 0;
    this.minute = 0;
  }

  get staying() {
    return this.minute !== 0;
  }

  /** @param {HTMLElement} root with the parts touch, hold, stay @param {() => boolean} may */
  wire(root, may) {
    for (const name of ["touch", "hold"]) {
      on(root, name, "pointerdown", (event) => {
        if (!may()) return;
        const { pointerId } = /** @type {PointerEvent} */ (event);
        part(root, name).setPointerCapture(pointerId);
        this.start();
      });
      for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) {
        on(root, name, type, () => this.stop());
      }
      on(root, name, "contextmenu", (event) => event.preventDefault());
    }
    on(root, "hold", "keydown", (event) => {
      const { key, repeat } = /** @type {KeyboardEvent} */ (event);
      if (key !== " " && key !== "Enter") return;
      event.preventDefault();
      if (!repeat && may()) this.start();
    });
    on(root, "hold", "keyup", () => this.stop());
    on(root, "hold", "blur", () => this.stop());
    on(root, "stay", "click", () => (this.staying ? this.end() : this.stay()));
  }

  start() {
    if (this.down) return;
    this.down = true;
    const beat = () => this.live.send(EVENTS.candleHold, true);
    beat();
    this.beat = window.setInterval(beat, BEAT_MS);
    this.changed();
  }

  /** A finger lifts; a minute that runs goes on. */
  stop() {
    if (!this.staying) this.end();
  }

  stay() {
    this.minute = window.setTimeout(() => this.end(), MINUTE_MS);
    if (this.down) this.changed();
    else this.start();
  }

  end() {
    clearTimeout(this.minute);
    clearInterval(this.beat);
    this.minute = 0;
    if (!this.down) return;
    this.down = false;
    this.live.send(EVENTS.candleHold, false);
    this.changed();
  }
}
