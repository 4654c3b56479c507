/**
 * Doing a ritual with the other, live: each page says where it is, now and then and when it
 * changes; nothing of it is stored anywhere. Says "changed". Knows no DOM.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { EVENTS } from "../net/events.js";
import { LiveCipher } from "./live-cipher.js";
import { StepState } from "./step-sync.js";

const BEAT_MS = 10_000;
const GONE_MS = 25_000; // no word for this long: the other's page is closed, or not connected

export class Rituals extends EventTarget {
  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.app = app;
    this.cipher = new LiveCipher();
    /**
     * Where one is in each ritual, for as long as the page is open.
     * @type {Map<string, StepState>}
     */
    this.runs = new Map();
    /**
     * The ritual that is open to the other now.
     * @type {StepState | null}
     */
    this.sharedRun = null;
    /** @type {{ ritual: string, at: number } | null} */
    this.partnerState = null;
    app.live.listen(EVENTS.ritualsStep, (told) => void this.receive(told));
    app.session.addEventListener("state", () => this.clear());
    window.setInterval(() => this.heartbeat(), BEAT_MS);
  }

  clear() {
    this.runs.clear();
    this.sharedRun = this.partnerState = null;
    this.notify();
  }

  /** @returns {import("./live-cipher.js").Space | null} */
  get space() {
    const active = this.app.session.state === "unlocked" ? this.app.session.spaces.active : null;
    return active && { id: active.id, key: active.keys.live };
  }

  /** The ritual at which the other is now, "" when at none. */
  get partnerRitual() {
    const { partnerState } = this;
    return partnerState && Date.now() - partnerState.at < GONE_MS ? partnerState.ritual : "";
  }

  /**
   * One's own place in a ritual: the beginning, or where one was.
   * @param {import("../content/rituals.js").Ritual} ritual
   * @param {boolean} together
   */
  runOf({ id, steps }, together) {
    const name = `${id}/${together}`;
    // where the other is, not where one was some time ago
    const join = together && this.partnerRitual === id;
    const walk =
      (join ? null : this.runs.get(name)) ??
      new StepState(id, steps.length, this.app.session.account.id);
    this.runs.set(name, walk);
    return walk;
  }

  /**
   * Begin anew next time.
   * @param {StepState} walk
   */
  finish(walk) {
    for (const [name, one] of this.runs) if (one === walk) this.runs.delete(name);
  }

  /**
   * Let the other see where one is, from now on.
   * @param {StepState} walk
   */
  share(walk) {
    this.sharedRun = walk;
    void this.sendMessage({ type: "look" });
    void this.sendState();
  }

  /** The page is left: nobody is here any more. */
  unshare() {
    if (!this.sharedRun) return;
    this.sharedRun = null;
    void this.sendState();
  }

  /** Ask who is there; whoever is answers, and sees nothing of it. */
  requestState() {
    void this.sendMessage({ type: "look" });
  }

  /** Say where one is. */
  sendState() {
    const { sharedRun } = this;
    return this.sendMessage({
      type: "step",
      ritual: sharedRun?.ritual ?? null,
      ...sharedRun?.state,
    });
  }

  heartbeat() {
    if (this.sharedRun) void this.sendState();
    this.notify(); // the other may not have been heard of for a while
  }

  /** @param {Record<string, any>} document */
  async sendMessage(document) {
    const { space, app } = this;
    if (space)
      app.live.send(EVENTS.ritualsStep, await this.cipher.seal(space, app.session.id, document));
  }

  /** @param {import("./live-cipher.js").LivePayload} told */
  async receive(told) {
    const { space, app } = this;
    if (!space) return;
    const [me, partner] = [
      app.session.account.id,
      toBase64Url(app.session.spaces.active?.partner ?? new Uint8Array()),
    ];
    if (told.author !== me && told.author !== partner) return;
    const document = await this.cipher.open(space, told);
    if (document?.type === "look" && this.sharedRun) await this.sendState();
    if (document?.type !== "step") return;
    if (told.author === partner) {
      this.partnerState = document.ritual
        ? { ritual: String(document.ritual), at: Date.now() }
        : null;
    }
    if (this.sharedRun && document.ritual === this.sharedRun.ritual) {
      const behind = Number(document.turn) < this.sharedRun.state.turn;
      if (!this.sharedRun.merge(document) && behind) await this.sendState(); // they have just come
    }
    this.notify();
  }

  notify() {
    this.dispatchEvent(new Event("changed"));
  }
}
