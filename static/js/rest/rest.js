/**
 * Rest: a state of a person. The server knows until when, and whether the other may see it; from
 * when to when one rested is an entry of one's own journal, for the line on return. Knows no DOM.
 */

import { clock, timestamp } from "../clock.js";
import { CoalescedTask } from "../coalesced-task.js";
import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { toMinute } from "../morning.js";
import { EVENTS } from "../net/events.js";

const LOOK_MS = 60_000;
const QUARTER_MS = 15 * LOOK_MS; // a rest ends at one
const CLOCKS_MS = 3 * LOOK_MS; // so far may this clock and the server's be apart

/** @typedef {{ mine: { until: string | null, visible: boolean } | null, theirs: boolean }} State */

export class Rest extends EventTarget {
  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.app = app;
    /** @type {State} */
    this.state = { mine: null, theirs: false };
    this.isLoaded = false;
    this.lastLoadedAt = 0; // when the server last said how it stands
    this.seen = false; // what came while one rested has been looked at
    const loading = new CoalescedTask(() => this.load()); // a thousand events ask once or twice
    const look = () => void loading.schedule();
    app.live.listen(EVENTS.restChanged, look);
    app.session.addEventListener("me", () => this.applySnapshot());
    app.session.addEventListener("state", () => this.applySnapshot());
    window.setInterval(() => (this.isOver() || this.partnerMayBeBack()) && look(), LOOK_MS);
    this.applySnapshot();
  }

  get resting() {
    return this.state.mine !== null && !this.isOver();
  }

  /** Whether the time one gave it has come. */
  isOver() {
    const until = this.state.mine?.until;
    return until != null && Date.parse(until) <= clock.time;
  }

  /**
   * We do not know when the partner's rest ends, so we ask just after each quarter of an hour, and
   * after the device has slept.
   */
  partnerMayBeBack() {
    const now = clock.time;
    return (
      this.state.theirs && (now % QUARTER_MS < CLOCKS_MS || now - this.lastLoadedAt >= QUARTER_MS)
    );
  }

  /**
   * Do something when news of the other come, but not while one rests; and once when one is back.
   * @param {() => void} what
   * @param {AbortSignal} signal ends it
   * @returns {() => void} to be called with the news
   */
  unlessResting(what, signal) {
    const heard = () => {
      if (!this.resting) what();
    };
    this.addEventListener("changed", heard, { signal });
    return heard;
  }

  /** What the session has just been told; nothing while it is locked. */
  applySnapshot() {
    const { session } = this.app;
    const open = session.state === "unlocked";
    if (!open) this.seen = false;
    this.isLoaded = open && session.snapshot !== null;
    this.apply((open && session.snapshot?.rest) || { mine: null, theirs: false });
  }

  /** Ask how it stands: an event says no more than that it has changed. */
  async load() {
    if (this.app.session.state !== "unlocked") return;
    this.apply(await this.app.api.get("/rest"));
    this.isLoaded = true;
  }

  /** @param {State} state */
  apply(state) {
    this.lastLoadedAt = clock.time;
    this.state = state;
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Rest until a moment, or until one says; or go on with another end.
   * @param {Date | null} until
   * @param {boolean} visible whether the other may see it
   */
  async begin(until, visible) {
    const from = this.resting ? (await this.span())?.from : undefined;
    this.seen = false;
    this.apply(await this.app.api.put("/rest", { until: until && toMinute(until), visible }));
    await this.remember({ from: from ?? timestamp(), until: until && until.toISOString() });
  }

  /** Be back. */
  async end() {
    const from = (await this.span())?.from;
    this.apply(await this.app.api.delete("/rest"));
    if (from) await this.remember({ from, until: timestamp() });
  }

  /** What came meanwhile has been looked at. */
  async markSeen() {
    this.seen = true;
    this.dispatchEvent(new Event("changed"));
    await this.remember({ from: null, until: null });
  }

  /**
   * Whether the other laid something here while one rested and one has not looked yet. Their
   * answers are never spoken of: they are mentioned on their question's page alone.
   * @returns {Promise<boolean>}
   */
  async hasNews() {
    const span = this.resting || this.seen ? null : await this.span();
    if (!span?.from) return false;
    const { signals, currentQuestion, ways } = this.app;
    await signals.load(); // nobody told us of it while we rested
    const [moves, card] = await Promise.all([currentQuestion.records(), ways.theirs()]);
    const laid = moves.filter((move) => !move.mine && move.doc?.question);
    const came = [
      signals.theirs?.at,
      ...[...laid, card].map((one) => Date.parse(one?.doc?.at ?? "")),
    ];
    const [from, until] = [Date.parse(span.from), Date.parse(span.until ?? "") || Infinity];
    return !this.seen && came.some((at) => at !== undefined && from <= at && at <= until);
  }

  /** The entry that says it. */
  async id() {
    const { session, journals } = this.app;
    return toBase64Url(await namedId(journals.individual.names, session.id, "rest"));
  }

  /**
   * From when to when one rested last.
   * @returns {Promise<{ from: string | null, until: string | null } | null>}
   */
  async span() {
    const entry = await this.app.journals.individual.find(await this.id());
    return entry?.doc?.type === "rest" ? { from: entry.doc.from, until: entry.doc.until } : null;
  }

  /**
   * Without a connection the rest holds all the same.
   * @param {{ from: string | null, until: string | null }} span
   */
  async remember(span) {
    const journal = this.app.journals.individual;
    const id = await this.id();
    const rev = ((await journal.find(id).catch(() => null))?.rev ?? 0) + 1;
    await journal.write({ type: "rest", ...span }, { id, rev }).catch(() => {});
  }
}
