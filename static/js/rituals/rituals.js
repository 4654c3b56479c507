/**
 * Doing a ritual with the other, live: each page says where it is, now and then and when it
 * changes; nothing of it is stored anywhere. Says "changed". Knows no DOM.
 */

import { b64 } from "../crypto/bytes.js";
import { EVENTS } from "../net/events.js";
import { LiveSeal } from "./sealing.js";
import { Steps } from "./steps.js";

const BEAT_MS = 10_000;
const GONE_MS = 25_000; // no word for this long: the other's page is closed, or not connected

export class Rituals extends EventTarget {
  /** @param {import("../app.js").App} app */
  constructor(app) {
    super();
    this.app = app;
    this.seal = new LiveSeal();
    /** Where one is in each ritual, for as long as the page is open. @type {Map<string, Steps>} */
    this.walks = new Map();
    /** The ritual that is open to the other now. @type {Steps | null} */
    this.open = null;
    /** @type {{ ritual: string, at: number } | null} */
    this.heardOf = null;
    app.live.listen(EVENTS.ritualsStep, (told) => void this.hear(told));
    app.session.addEventListener("state", () => this.forget());
    window.setInterval(() => this.beat(), BEAT_MS);
  }

  forget() {
    this.walks.clear();
    this.open = this.heardOf = null;
    this.changed();
  }

  /** @returns {import("./sealing.js").Space | null} */
  get space() {
    const active = this.app.session.state === "open" ? this.app.session.spaces.active : null;
    return active && { id: active.id, key: active.keys.live };
  }

  /** The ritual at which the other is now, "" when at none. */
  get theirs() {
    const { heardOf } = this;
    return heardOf && Date.now() - heardOf.at < GONE_MS ? heardOf.ritual : "";
  }

  /**
   * One's own place in a ritual: the beginning, or where one was.
   * @param {import("./rituals-data.js").Ritual} ritual
   * @param {boolean} together
   */
  at({ id, steps }, together) {
    const name = `${id}/${together}`;
    // where the other is, not where one was some time ago
    const join = together && this.theirs === id;
    const walk =
      (join ? null : this.walks.get(name)) ??
      new Steps(id, steps.length, this.app.session.known.id);
    this.walks.set(name, walk);
    return walk;
  }

  /** Begin anew next time. @param {Steps} walk */
  done(walk) {
    for (const [name, one] of this.walks) if (one === walk) this.walks.delete(name);
  }

  /** Let the other see where one is, from now on. @param {Steps} walk */
  share(walk) {
    this.open = walk;
    void this.say({ type: "look" });
    void this.tell();
  }

  /** The page is left: nobody is here any more. */
  unshare() {
    if (!this.open) return;
    this.open = null;
    void this.tell();
  }

  /** Ask who is there; whoever is answers, and sees nothing of it. */
  look() {
    void this.say({ type: "look" });
  }

  /** Say where one is. */
  tell() {
    const { open } = this;
    return this.say({ type: "step", ritual: open?.ritual ?? null, ...open?.state });
  }

  beat() {
    if (this.open) void this.tell();
    this.changed(); // the other may not have been heard of for a while
  }

  /** @param {Record<string, any>} document */
  async say(document) {
    const { space, app } = this;
    if (space)
      app.live.send(EVENTS.ritualsStep, await this.seal.seal(space, app.session.id, document));
  }

  /** @param {import("./sealing.js").Told} told */
  async hear(told) {
    const { space, app } = this;
    if (!space) return;
    const [me, partner] = [
      app.session.known.id,
      b64(app.session.spaces.active?.partner ?? new Uint8Array()),
    ];
    if (told.author !== me && told.author !== partner) return;
    const document = await this.seal.open(space, told);
    if (document?.type === "look" && this.open) await this.tell();
    if (document?.type !== "step") return;
    if (told.author === partner) {
      this.heardOf = document.ritual ? { ritual: String(document.ritual), at: Date.now() } : null;
    }
    if (this.open && document.ritual === this.open.ritual) {
      const behind = Number(document.turn) < this.open.state.turn;
      if (!this.open.hear(document) && behind) await this.tell(); // they have just come
    }
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("changed"));
  }
}
