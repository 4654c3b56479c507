/**
 * Doing a ritual together, live: each page sends its step periodically and on changes; none of it
 * is stored. Dispatches "changed" when the partner's state has changed. Runs without a DOM.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { EVENTS } from "../net/events.js";
import { LiveCipher } from "./live-cipher.js";
import { StepState } from "./step-sync.js";

const BEAT_MS = 10_000;
// after this long without a message the partner's page is closed or disconnected
const GONE_MS = 25_000;

export class Rituals extends EventTarget {
  #app;
  #cipher;
  /**
   * The member's step in each ritual, while the page is open.
   * @type {Map<string, StepState>}
   */
  #runs = new Map();
  /** @type {{ ritual: string, at: number } | null} */
  #partnerState = null;

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.#app = app;
    this.#cipher = new LiveCipher();
    /**
     * The ritual that is visible to the partner now.
     * @type {StepState | null}
     */
    this.sharedRun = null;
    app.live.listen(EVENTS.ritualsStep, (message) => void this.#receive(message));
    app.session.addEventListener("state", () => this.#clear());
    window.setInterval(() => this.#heartbeat(), BEAT_MS);
  }

  #clear() {
    this.#runs.clear();
    this.sharedRun = this.#partnerState = null;
    this.#notify();
  }

  /** @returns {import("./live-cipher.js").Space | null} */
  get #space() {
    const active = this.#app.session.state === "unlocked" ? this.#app.session.spaces.active : null;
    return active && { id: active.id, key: active.keys.live };
  }

  /** The ritual in which the partner is now, or "". */
  get partnerRitual() {
    const partnerState = this.#partnerState;
    return partnerState && Date.now() - partnerState.at < GONE_MS ? partnerState.ritual : "";
  }

  /**
   * Return the member's own step in a ritual: the first, or the last one shown.
   * @param {import("../content/rituals.js").Ritual} ritual
   * @param {boolean} together
   */
  runOf({ id, steps }, together) {
    const name = `${id}/${together}`;
    // the partner's step, and not an earlier one of this member
    const join = together && this.partnerRitual === id;
    const walk =
      (join ? null : this.#runs.get(name)) ??
      new StepState(id, steps.length, this.#app.session.account.id);
    this.#runs.set(name, walk);
    return walk;
  }

  /**
   * Start from the first step next time.
   * @param {StepState} walk
   */
  finish(walk) {
    for (const [name, run] of this.#runs) if (run === walk) this.#runs.delete(name);
  }

  /**
   * Make the member's step visible to the partner.
   * @param {StepState} walk
   */
  share(walk) {
    this.sharedRun = walk;
    void this.#sendMessage({ type: "look" });
    void this.sendState();
  }

  /** Stop sharing, because the screen is left. */
  unshare() {
    if (!this.sharedRun) return;
    this.sharedRun = null;
    void this.sendState();
  }

  /** Ask for the partner's state; their page answers without showing anything. */
  requestState() {
    void this.#sendMessage({ type: "look" });
  }

  /** Send the member's state. */
  sendState() {
    const { sharedRun } = this;
    return this.#sendMessage({
      type: "step",
      ritual: sharedRun?.ritual ?? null,
      ...sharedRun?.state,
    });
  }

  #heartbeat() {
    if (this.sharedRun) void this.sendState();
    this.#notify(); // the partner may not have been heard from for a while
  }

  /** @param {Record<string, any>} document */
  async #sendMessage(document) {
    const space = this.#space;
    const app = this.#app;
    if (space)
      app.live.send(EVENTS.ritualsStep, await this.#cipher.seal(space, app.session.id, document));
  }

  /** @param {import("./live-cipher.js").LivePayload} message */
  async #receive(message) {
    const space = this.#space;
    const app = this.#app;
    if (!space) return;
    const [me, partner] = [
      app.session.account.id,
      toBase64Url(app.session.spaces.active?.partner ?? new Uint8Array()),
    ];
    if (message.author !== me && message.author !== partner) return;
    const document = await this.#cipher.open(space, message);
    if (document?.type === "look" && this.sharedRun) await this.sendState();
    if (document?.type !== "step") return;
    if (message.author === partner) {
      this.#partnerState = document.ritual
        ? { ritual: String(document.ritual), at: Date.now() }
        : null;
    }
    if (this.sharedRun && document.ritual === this.sharedRun.ritual) {
      const behind = Number(document.turn) < this.sharedRun.state.turn;
      // they have just joined
      if (!this.sharedRun.merge(document) && behind) await this.sendState();
    }
    this.#notify();
  }

  #notify() {
    this.dispatchEvent(new Event("changed"));
  }
}
