/**
 * Rest, a state of a member. The server knows its end, and whether the partner may see it; its
 * start and end are also an entry of the individual journal, for the line on return. Dispatches
 * "changed" when the state was fetched, or the news has been looked at. Runs without a DOM.
 */

import { clock, timestamp } from "../clock.js";
import { CoalescedTask } from "../coalesced-task.js";
import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { toMinute } from "../morning.js";
import { EVENTS } from "../net/events.js";

const LOOK_MS = 60_000;
const QUARTER_MS = 15 * LOOK_MS; // a rest ends on a quarter of an hour
// the largest expected difference between this clock and the server's
const CLOCKS_MS = 3 * LOOK_MS;

/** @typedef {{ mine: { until: string | null, visible: boolean } | null, theirs: boolean }} State */

export class Rest extends EventTarget {
  #app;
  #lastLoadedAt = 0; // when the server last reported the state
  #seen = false; // whether the news that came during the rest has been looked at

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.#app = app;
    /** @type {State} */
    this.state = { mine: null, theirs: false };
    this.isLoaded = false;
    // so that a thousand events cause one or two requests
    const loading = new CoalescedTask(() => this.load());
    const reload = () => void loading.schedule();
    app.live.listen(EVENTS.restChanged, reload);
    app.session.addEventListener("me", () => this.#applySnapshot());
    app.session.addEventListener("state", () => this.#applySnapshot());
    window.setInterval(() => (this.#isOver() || this.#partnerMayBeBack()) && reload(), LOOK_MS);
    this.#applySnapshot();
  }

  get resting() {
    return this.state.mine !== null && !this.#isOver();
  }

  /** Whether the rest's set end has passed. */
  #isOver() {
    const until = this.state.mine?.until;
    return until != null && Date.parse(until) <= clock.time;
  }

  /**
   * The end of the partner's rest is not known here, so the state is fetched just after each
   * quarter of an hour, and after the device has slept.
   */
  #partnerMayBeBack() {
    const now = clock.time;
    return (
      this.state.theirs && (now % QUARTER_MS < CLOCKS_MS || now - this.#lastLoadedAt >= QUARTER_MS)
    );
  }

  /**
   * Return a function that runs an action when there is news of the partner, but not while the
   * member rests; it also runs once on return.
   * @param {() => void} callback
   * @param {AbortSignal} signal ends it
   * @returns {() => void} to be called when there is news
   */
  unlessResting(callback, signal) {
    const listener = () => {
      if (!this.resting) callback();
    };
    this.addEventListener("changed", listener, { signal });
    return listener;
  }

  /** Apply the snapshot that the session has just fetched; clears the state while locked. */
  #applySnapshot() {
    const { session } = this.#app;
    const open = session.state === "unlocked";
    if (!open) this.#seen = false;
    this.isLoaded = open && session.snapshot !== null;
    this.apply((open && session.snapshot?.rest) || { mine: null, theirs: false });
  }

  /** Fetch the state, because an event only says that it has changed. */
  async load() {
    if (this.#app.session.state !== "unlocked") return;
    this.apply(await this.#app.api.get("/rest"));
    this.isLoaded = true;
  }

  /** @param {State} state */
  apply(state) {
    this.#lastLoadedAt = clock.time;
    this.state = state;
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Rest until a moment, or without a set end; or change the end.
   * @param {Date | null} until
   * @param {boolean} visible whether the partner may see it
   */
  async begin(until, visible) {
    const from = this.resting ? (await this.#span())?.from : undefined;
    this.#seen = false;
    this.apply(await this.#app.api.put("/rest", { until: until && toMinute(until), visible }));
    await this.#remember({ from: from ?? timestamp(), until: until && until.toISOString() });
  }

  /** End the rest. */
  async end() {
    const from = (await this.#span())?.from;
    this.apply(await this.#app.api.delete("/rest"));
    if (from) await this.#remember({ from, until: timestamp() });
  }

  /** Record that the news from the rest has been looked at. */
  async markSeen() {
    this.#seen = true;
    this.dispatchEvent(new Event("changed"));
    await this.#remember({ from: null, until: null });
  }

  /**
   * Whether the partner added something here during the rest that has not been looked at. Answers
   * are excluded: they are mentioned only on their question's screen.
   * @returns {Promise<boolean>}
   */
  async hasNews() {
    const span = this.resting || this.#seen ? null : await this.#span();
    if (!span?.from) return false;
    const { signals, currentQuestion, ways } = this.#app;
    await signals.load(); // events were ignored during the rest
    const [moves, card] = await Promise.all([currentQuestion.records(), ways.theirs()]);
    const laid = moves.filter((move) => !move.mine && move.doc?.question);
    const came = [
      signals.theirs?.at,
      ...[...laid, card].map((entry) => Date.parse(entry?.doc?.at ?? "")),
    ];
    const [from, until] = [Date.parse(span.from), Date.parse(span.until ?? "") || Infinity];
    return !this.#seen && came.some((at) => at !== undefined && from <= at && at <= until);
  }

  /** Return the id of the entry that stores it. */
  async #id() {
    const { session, journals } = this.#app;
    return toBase64Url(await namedId(journals.individual.names, session.id, "rest"));
  }

  /**
   * Return the start and end of the last rest.
   * @returns {Promise<{ from: string | null, until: string | null } | null>}
   */
  async #span() {
    const entry = await this.#app.journals.individual.find(await this.#id());
    return entry?.doc?.type === "rest" ? { from: entry.doc.from, until: entry.doc.until } : null;
  }

  /**
   * Store the rest's span; without a connection the rest still holds.
   * @param {{ from: string | null, until: string | null }} span
   */
  async #remember(span) {
    const journal = this.#app.journals.individual;
    const id = await this.#id();
    const rev = ((await journal.find(id).catch(() => null))?.rev ?? 0) + 1;
    await journal.write({ type: "rest", ...span }, { id, rev }).catch(() => {});
  }
}
