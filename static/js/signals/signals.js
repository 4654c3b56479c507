/**
 * The two signals that can exist in a space: the member's own and the partner's (protocol §5, kind
 * 24). Runs without a DOM. Dispatches "changed" when a signal has changed or may have faded.
 */

import { clock, timestamp } from "../clock.js";
import { checkTag, makeTag } from "../crypto/author-tag.js";
import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { aad, openJson, sealJson } from "../crypto/envelope.js";
import { ApiError } from "../net/api.js";
import { EVENTS } from "../net/events.js";
import { Kind } from "../crypto/kinds.js";

const A_DAY_MS = 24 * 60 * 60 * 1000;
const LOOK_MS = 60_000; // a faded signal disappears within a minute
const TRIES = 3; // another device of this member may have been faster

/**
 * The content of a signal: the id of a preset sentence, free text instead of it, or both if the
 * text began as that sentence.
 * @typedef {{ sentence: string, text: string }} SignalContent
 * @typedef {SignalContent & { rev: number, at: number,
 *   trouble: "" | "cannot-open" | "older" | "forged" }} Signal
 */

/** The space that the signal was meant for has ended. */
export class SpaceEndedError extends Error {
  error = "archived";
}

export class Signals extends EventTarget {
  #app;
  /** @type {Signal | null} */
  #mine = null;
  /** @type {Signal | null} */
  #others = null;
  /**
   * The latest `at` seen of each author.
   * @type {Map<string, number>}
   */
  #latest = new Map();

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.#app = app;
    const reload = () => void this.load().catch(() => {});
    app.live.listen(EVENTS.signalsChanged, reload);
    const applySnapshot = () => void this.#applySnapshot();
    app.session.addEventListener("me", applySnapshot);
    app.session.addEventListener("state", applySnapshot);
    let rested = false;
    app.rest.addEventListener("changed", () => {
      if (rested && !app.rest.resting) reload(); // a resting member is not notified of signals
      rested = app.rest.resting;
      this.dispatchEvent(new Event("changed"));
    });
    applySnapshot();
    window.setInterval(() => this.dispatchEvent(new Event("changed")), LOOK_MS);
  }

  #forget() {
    this.#mine = null;
    this.#others = null;
    this.#latest = new Map();
  }

  get space() {
    return this.#app.session.state === "unlocked" ? this.#app.session.spaces.active : null;
  }

  /** The member's own signal, until it fades. */
  get own() {
    return isFresh(this.#mine) ? this.#mine : null;
  }

  /** The partner's signal, until it fades; none while the member rests. */
  get theirs() {
    return isFresh(this.#others) && !this.#app.rest.resting ? this.#others : null;
  }

  /** Apply the snapshot that the session has just fetched. */
  async #applySnapshot() {
    const { space } = this;
    const { snapshot } = this.#app.session;
    if (!space) this.#forget();
    else if (snapshot) await this.#apply(space, snapshot);
    this.dispatchEvent(new Event("changed"));
  }

  /** Fetch the signals, because an event only says that they have changed. */
  async load() {
    const { space } = this;
    if (space) await this.#apply(space, await this.#app.api.get(path(space)));
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Send a signal, replacing the previous one.
   * @param {SignalContent} said
   */
  async send({ sentence, text }) {
    const { session, api } = this.#app;
    await this.#change(async (space, rev) => {
      const fields = { scopeId: space.id, recordId: session.id, authorId: session.id, rev };
      const doc = { type: "signal", at: timestamp(), sentence: sentence || null, text };
      const box = await sealJson(space.keys.data, Kind.SIGNAL, fields, doc);
      const tag = await makeTag(session.unlockedKeys.authorTag, aad(Kind.SIGNAL, fields), box);
      return api.put(path(space), { rev, box: toBase64Url(box), tag: toBase64Url(tag) });
    });
  }

  /** Withdraw the member's own signal, for both. */
  async takeBack() {
    await this.#change((space, rev) => this.#app.api.delete(path(space), { rev }));
  }

  /**
   * Change the member's own signal, based on its current revision.
   * @param {(space: import("../session/space-keys.js").OpenSpace, rev: number) =>
   *   Promise<any>} request
   */
  async #change(request) {
    for (let tries = 1; ; tries++) {
      await this.load();
      const { space } = this;
      if (!space) throw new SpaceEndedError();
      try {
        await this.#apply(space, await request(space, (this.#mine?.rev ?? 0) + 1));
        return void this.dispatchEvent(new Event("changed"));
      } catch (error) {
        const overtaken = error instanceof ApiError && error.error === "conflict";
        if (!overtaken || tries === TRIES) throw error;
      }
    }
  }

  /**
   * @param {import("../session/space-keys.js").OpenSpace} space
   * @param {{ signals: import("../net/types.js").WireSignal[] }} answer
   */
  async #apply(space, { signals }) {
    const by = (/** @type {Uint8Array} */ member) => {
      const wire = signals.find((signal) => signal.author === toBase64Url(member));
      return wire ? this.#open(space, wire) : null;
    };
    const [mine, others] = await Promise.all([by(this.#app.session.id), by(space.partner)]);
    this.#mine = mine;
    this.#others = others;
  }

  /**
   * @param {import("../session/space-keys.js").OpenSpace} space
   * @param {import("../net/types.js").WireSignal} wire
   * @returns {Promise<Signal>}
   */
  async #open(space, wire) {
    const { session } = this.#app;
    const author = fromBase64Url(wire.author, 16);
    const fields = { scopeId: space.id, recordId: author, authorId: author, rev: wire.rev };
    const box = fromBase64Url(wire.box);
    try {
      const doc = await openJson(space.keys.data, Kind.SIGNAL, fields, box);
      const at = Date.parse(String(doc.at));
      const latest = this.#latest.get(wire.author) ?? 0;
      this.#latest.set(wire.author, Math.max(latest, at || 0));
      /** @type {Signal["trouble"]} */
      let trouble = at < latest ? "older" : "";
      if (wire.author === session.account.id) {
        const { authorTag } = session.unlockedKeys;
        const right = await checkTag(
          authorTag,
          aad(Kind.SIGNAL, fields),
          box,
          fromBase64Url(wire.tag, 32),
        );
        if (!right) trouble = "forged";
      }
      const [sentence, text] = [String(doc.sentence ?? ""), String(doc.text ?? "")];
      return { sentence, text, rev: wire.rev, at, trouble };
    } catch {
      const at = clock.time;
      return { sentence: "", text: "", rev: wire.rev, at, trouble: "cannot-open" };
    }
  }
}

/**
 * @param {Signal | null} signal
 * @returns {boolean}
 */
function isFresh(signal) {
  return signal !== null && signal.at > clock.time - A_DAY_MS;
}

/** @param {import("../session/space-keys.js").OpenSpace} space */
function path(space) {
  return `/signals/${toBase64Url(space.id)}`;
}
