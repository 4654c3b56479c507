/**
 * The candle as the server tells it, and what one does to it. Says "changed" when there is
 * something new. An event carries the whole state, so a doubled or a missed one does no harm.
 */

import { clock } from "../clock.js";
import { b64, randomBytes, unb64 } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { EVENTS } from "../net/events.js";
import { now } from "../journals/journal.js";
import { minute, morningAfter } from "./morning.js";

const WORDS = 0x23;

/** @typedef {import("../net/types.js").WireCandle} WireCandle */

export class CandleRoom extends EventTarget {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../net/api.js").Api} api
   * @param {import("../net/live.js").Live} live
   */
  constructor(session, api, live) {
    super();
    this.session = session;
    this.api = api;
    /** @type {WireCandle | null} */
    this.state = null;
    this.asked = this.answered = 0;
    /** @type {string[]} */
    this.holding = [];
    live.listen(EVENTS.candleChanged, (state) => this.take(state));
    live.listen(EVENTS.candleHold, ({ holding }) => this.hold(holding));
    const ask = () => void this.ask().catch(() => this.dispatchEvent(new Event("changed")));
    live.addEventListener("ask", ask);
    live.addEventListener("status", () => live.connected || this.hold([]));
    session.addEventListener("me", ask);
    session.addEventListener("state", () => {
      this.state = null;
      this.holding = [];
      this.dispatchEvent(new Event("changed"));
      ask();
    });
  }

  get me() {
    return this.session.me?.id ?? "";
  }

  /** @returns {string} the partner's id, "" alone */
  get partner() {
    const active = this.session.spaces.active;
    return active ? b64(active.partner) : "";
  }

  /** @param {WireCandle} state */
  take(state) {
    const known = this.state;
    if (known && known.scope === state.scope && state.revision < known.revision) return;
    if (known && known.scope !== state.scope) this.holding = [];
    this.state = state;
    this.dispatchEvent(new Event("changed"));
  }

  /** @param {string[]} holding */
  hold(holding) {
    this.holding = holding;
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Ask how it stands. An answer that was overtaken may still speak of the candle before linking.
   */
  async ask() {
    if (this.session.state !== "open") return;
    const asked = ++this.asked;
    const state = await this.api.get("/candle");
    if (asked < this.answered && state.scope !== this.state?.scope) return;
    this.answered = Math.max(this.answered, asked);
    this.take(state);
  }

  /** Until when it burns, or burned. */
  get until() {
    return this.state?.until ? new Date(this.state.until) : null;
  }

  get burns() {
    return this.until !== null && this.until.getTime() > clock.time && this.flames.length > 0;
  }

  /** It burned until morning, and that is not long ago. */
  get stump() {
    return this.until !== null && this.until.getTime() <= clock.time && this.flames.length > 0;
  }

  get flames() {
    return this.state?.flames ?? [];
  }

  /** @param {string} member */
  litBy(member) {
    return this.burns && this.flames.some((flame) => flame.member === member);
  }

  async light() {
    const until = minute(morningAfter(clock.date));
    this.take(await this.api.put("/candle/flame", { candle: b64(randomBytes(16)), until }));
  }

  async putAway() {
    this.take(await this.api.delete("/candle/flame"));
  }

  /** @param {Date} until */
  async burnUntil(until) {
    this.take(await this.api.put("/candle/until", { until: minute(until) }));
  }

  /**
   * Where words under this candle belong, and their key.
   * @param {string} author
   * @param {number} rev
   */
  sealing(author, rev) {
    const active = this.session.spaces.active;
    const candle = this.state?.candle ?? "";
    const scopeId = active ? active.id : this.session.id;
    const ids = { scopeId, recordId: unb64(candle, 16), authorId: unb64(author, 16) };
    const key = active ? active.keys.data : this.session.opened.data;
    return { key, fields: { ...ids, rev, alone: !active } };
  }

  /** @param {string} text @param {import("../naming/grammar.js").Word[]} whom */
  async say(text, whom) {
    const flame = this.flames.find((one) => one.member === this.me);
    const rev = (flame?.words?.rev ?? 0) + 1;
    const { key, fields } = this.sealing(this.me, rev);
    const box = b64(
      await sealJson(key, WORDS, fields, { type: "words", at: now(), text, for: whom }),
    );
    this.take(await this.api.put("/candle/words", { candle: this.state?.candle, rev, box }));
  }

  /**
   * The words under somebody's flame, and for whom it burns.
   * @param {string} member
   * @returns {Promise<{ text: string, whom: import("../naming/grammar.js").Word[] }>}
   */
  async words(member) {
    const words = this.flames.find((flame) => flame.member === member)?.words;
    if (!words || !this.state?.candle) return { text: "", whom: [] };
    try {
      const { key, fields } = this.sealing(member, words.rev);
      const doc = await openJson(key, WORDS, fields, unb64(words.box));
      return { text: String(doc.text ?? ""), whom: doc.for ?? [] };
    } catch {
      return { text: "", whom: [] };
    }
  }
}
