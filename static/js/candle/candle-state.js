/**
 * Candle state, replicated from the server, and the commands that change it. Dispatches "changed"
 * when the state has changed. Events carry the full state, so duplicates and gaps are harmless.
 */

import { clock, timestamp } from "../clock.js";
import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { EVENTS } from "../net/events.js";
import { toMinute, morningAfter } from "../morning.js";
import { Kind } from "../crypto/kinds.js";

/** @typedef {import("../net/types.js").WireCandle} WireCandle */

export class CandleState extends EventTarget {
  #session;
  #api;

  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../net/api.js").Api} api
   * @param {import("../net/live-socket.js").LiveSocket} live
   */
  constructor(session, api, live) {
    super();
    this.#session = session;
    this.#api = api;
    /** @type {WireCandle | null} */
    this.state = null;
    /** @type {string[]} */
    this.holding = [];
    live.listen(EVENTS.candleChanged, (state) => this.#apply(state));
    live.listen(EVENTS.candleHold, ({ holding }) => this.#setHolding(holding));
    live.addEventListener("status", () => live.connected || this.#setHolding([]));
    session.addEventListener("me", () => this.#applySnapshot());
    session.addEventListener("unreachable", () => this.dispatchEvent(new Event("changed")));
    session.addEventListener("state", () => {
      this.state = null;
      this.holding = [];
      this.dispatchEvent(new Event("changed"));
      this.#applySnapshot();
    });
  }

  get me() {
    return this.#session.me?.id ?? "";
  }

  /** @returns {string} the partner's id, or "" without a partner */
  get partner() {
    const active = this.#session.spaces.active;
    return active ? toBase64Url(active.partner) : "";
  }

  /** @param {WireCandle} state */
  #apply(state) {
    const known = this.state;
    if (known && known.scope === state.scope && state.revision < known.revision) return;
    if (known && known.scope !== state.scope) this.holding = [];
    this.state = state;
    this.dispatchEvent(new Event("changed"));
  }

  /** @param {string[]} holding */
  #setHolding(holding) {
    this.holding = holding;
    this.dispatchEvent(new Event("changed"));
  }

  /** Apply the snapshot that the session has just fetched. */
  #applySnapshot() {
    const session = this.#session;
    if (session.state === "unlocked" && session.snapshot) this.#apply(session.snapshot.candle);
  }

  /** Fetch the state. Resolves when it is known, or when the server cannot be reached. */
  async load() {
    if (!this.state) await this.#session.settled;
  }

  /** When the candle burns down, or burned down. */
  get until() {
    return this.state?.until ? new Date(this.state.until) : null;
  }

  get burns() {
    return this.until !== null && this.until.getTime() > clock.time && this.#flames.length > 0;
  }

  /** Whether the candle recently burned down until morning. */
  get burntDown() {
    return this.until !== null && this.until.getTime() <= clock.time && this.#flames.length > 0;
  }

  get #flames() {
    return this.state?.flames ?? [];
  }

  /** @param {string} member */
  litBy(member) {
    return this.burns && this.#flames.some((flame) => flame.member === member);
  }

  async light() {
    const until = toMinute(morningAfter(clock.date));
    this.#apply(
      await this.#api.put("/candle/flame", { candle: toBase64Url(randomBytes(16)), until }),
    );
  }

  async putAway() {
    this.#apply(await this.#api.delete("/candle/flame"));
  }

  /** @param {Date} until */
  async burnUntil(until) {
    this.#apply(await this.#api.put("/candle/until", { until: toMinute(until) }));
  }

  /**
   * Return the envelope fields and the key for words under this candle.
   * @param {string} author
   * @param {number} rev
   */
  #envelopeFor(author, rev) {
    const active = this.#session.spaces.active;
    const candle = this.state?.candle ?? "";
    const scopeId = active ? active.id : this.#session.id;
    const ids = {
      scopeId,
      recordId: fromBase64Url(candle, 16),
      authorId: fromBase64Url(author, 16),
    };
    const key = active ? active.keys.data : this.#session.unlockedKeys.data;
    return { key, fields: { ...ids, rev, alone: !active } };
  }

  /**
   * @param {string} text
   * @param {import("../naming/grammar.js").Word[]} whom
   */
  async saveWords(text, whom) {
    const flame = this.#flames.find((flame) => flame.member === this.me);
    const rev = (flame?.words?.rev ?? 0) + 1;
    const { key, fields } = this.#envelopeFor(this.me, rev);
    const box = toBase64Url(
      await sealJson(key, Kind.CANDLE_WORDS, fields, {
        type: "words",
        at: timestamp(),
        text,
        for: whom,
      }),
    );
    this.#apply(await this.#api.put("/candle/words", { candle: this.state?.candle, rev, box }));
  }

  /**
   * Open the words under a member's flame, and whom it burns for.
   * @param {string} member
   * @returns {Promise<{ text: string, whom: import("../naming/grammar.js").Word[] }>}
   */
  async words(member) {
    const words = this.#flames.find((flame) => flame.member === member)?.words;
    if (!words || !this.state?.candle) return { text: "", whom: [] };
    try {
      const { key, fields } = this.#envelopeFor(member, words.rev);
      const doc = await openJson(key, Kind.CANDLE_WORDS, fields, fromBase64Url(words.box));
      return { text: String(doc.text ?? ""), whom: doc.for ?? [] };
    } catch {
      return { text: "", whom: [] };
    }
  }
}
