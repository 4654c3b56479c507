/**
 * Holding the candle: a finger on the candle or the button, Space or Enter, or the button "Sit with
 * it for a minute".
 */

import { EVENTS } from "../net/events.js";
import { on, part } from "../ui/dom.js";

const BEAT_MS = 1000; // the server drops a hold after 2.5 s without a beat
const MINUTE_MS = 60_000;

export class Hold {
  #live;
  #changed;
  #heartbeat = 0;
  #minute = 0;

  /**
   * @param {import("../net/live-socket.js").LiveSocket} live
   * @param {() => void} changed
   */
  constructor(live, changed) {
    this.#live = live;
    this.#changed = changed;
    this.pressed = false;
  }

  get isStaying() {
    return this.#minute !== 0;
  }

  /**
   * @param {HTMLElement} root has the parts touch, hold, stay
   * @param {() => boolean} may
   */
  attach(root, may) {
    for (const name of ["touch", "hold"]) {
      on(root, name, "pointerdown", (event) => {
        if (!may()) return;
        const { pointerId } = /** @type {PointerEvent} */ (event);
        part(root, name).setPointerCapture(pointerId);
        this.#press();
      });
      for (const type of ["pointerup", "pointercancel", "lostpointercapture"]) {
        on(root, name, type, () => this.#release());
      }
      on(root, name, "contextmenu", (event) => event.preventDefault());
    }
    on(root, "hold", "keydown", (event) => {
      const { key, repeat } = /** @type {KeyboardEvent} */ (event);
      if (key !== " " && key !== "Enter") return;
      event.preventDefault();
      if (!repeat && may()) this.#press();
    });
    on(root, "hold", "keyup", () => this.#release());
    on(root, "hold", "blur", () => this.#release());
    on(root, "stay", "click", () => (this.isStaying ? this.finish() : this.#stay()));
  }

  #press() {
    if (this.pressed) return;
    this.pressed = true;
    const beat = () => this.#live.send(EVENTS.candleHold, true);
    beat();
    this.#heartbeat = window.setInterval(beat, BEAT_MS);
    this.#changed();
  }

  /** Release the finger's hold; a running minute continues. */
  #release() {
    if (!this.isStaying) this.finish();
  }

  #stay() {
    this.#minute = window.setTimeout(() => this.finish(), MINUTE_MS);
    if (this.pressed) this.#changed();
    else this.#press();
  }

  finish() {
    clearTimeout(this.#minute);
    clearInterval(this.#heartbeat);
    this.#minute = 0;
    if (!this.pressed) return;
    this.pressed = false;
    this.#live.send(EVENTS.candleHold, false);
    this.#changed();
  }
}
