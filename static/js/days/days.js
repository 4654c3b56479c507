/**
 * The days of who is here: those of their own, and those of the two, which both shape. Each is a
 * thing of its journal (protocol §9), so it is found on opening without reading every entry.
 * Says "changed". Knows no DOM.
 */

import { b64 } from "../crypto/bytes.js";
import { Thing } from "../journals/thing.js";
import { EVENTS } from "../net/events.js";
import { today } from "./dates.js";
import { isHere, isTomorrow, nextDays } from "./next.js";

/** @typedef {import("./next.js").Day} Day */

export class Days extends EventTarget {
  /** @param {import("../app.js").App} app */
  constructor(app) {
    super();
    this.app = app;
    /** @type {Thing[]} */
    this.things = [];
    /** @type {Promise<void> | null} */
    this.loading = null;
    this.stop = () => {};
    const look = () => void this.load().catch(() => {});
    app.journals.addEventListener("arranged", look);
    app.live.addEventListener("ask", look);
    app.session.addEventListener("state", look);
    app.live.listen(
      EVENTS.journalChanged,
      ({ journal }) => void this.heard(journal).catch(() => {}),
    );
    app.returns.addEventListener("changed", () => this.dispatchEvent(new Event("changed")));
    look();
  }

  /** Ask once, and again when there is another journal. @returns {Promise<void>} */
  load() {
    this.loading ??= this.ask().finally(() => (this.loading = null));
    return this.loading;
  }

  async ask() {
    const { journals, session } = this.app;
    if (session.state !== "open") {
      this.stop();
      this.things = [];
      return;
    }
    if (this.whole) return;
    const things = await Promise.all(
      journals.both.map((journal) => Thing.of(journal, "day", "days")),
    );
    if (session.state !== "open") return;
    this.things = things;
    this.stop();
    this.stop = journals.watch(() => this.dispatchEvent(new Event("changed")));
    this.dispatchEvent(new Event("changed"));
  }

  /** Another page wrote in a journal, perhaps to a day. @param {string} id */
  async heard(id) {
    const thing = this.things.find(({ journal }) => b64(journal.id) === id);
    await thing?.load();
    if (thing) this.dispatchEvent(new Event("changed"));
  }

  /** Whether the days of every journal are known. */
  get whole() {
    const { both } = this.app.journals;
    return (
      both.length === this.things.length &&
      both.every((one, at) => this.things[at]?.journal === one)
    );
  }

  /** Those that may be looked at now. @returns {Day[]} */
  get list() {
    return daysOf(this.things.filter(({ journal }) => this.app.journals.opened.includes(journal)));
  }

  /** All of them, whatever is closed on this device. @returns {Day[]} */
  get all() {
    return daysOf(this.things);
  }

  /** What is coming, the nearest first. @param {string} [from] */
  next(from = today()) {
    const marks = this.app.returns.all;
    return nextDays(this.list, (id) => marks.get(id) ?? {}, from);
  }

  /**
   * What the candle page opens with: today's, and tomorrow's where a warning is wanted. While one
   * rests, nothing.
   */
  here(now = today()) {
    if (this.app.rest.resting) return [];
    return this.next(now).filter((next) => isHere(next, now) || isTomorrow(next, now));
  }

  /** @param {string} id @returns {Day | null} */
  get(id) {
    return this.list.find((day) => day.id === id) ?? null;
  }

  /**
   * Keep a day in the one journal; it leaves the other.
   * @param {Omit<Day, "id" | "shared">} said
   * @param {boolean} shared
   * @param {string} [id]
   * @returns {Promise<string>}
   */
  async put(said, shared, id) {
    await this.load();
    const thing = this.things.find(({ journal }) => journal.shared === shared) ?? this.things[0];
    if (!thing) throw new Error("locked");
    const kept = await thing.put(said, id);
    for (const other of this.things) {
      if (other !== thing && other.items.some((item) => item.id === kept)) await other.strike(kept);
    }
    return kept;
  }

  /** @param {string} id */
  async remove(id) {
    for (const thing of this.things) await thing.strike(id);
    await this.app.returns.forget(id);
  }
}

/** @param {Thing[]} things @returns {Day[]} */
function daysOf(things) {
  return things.flatMap(({ items, journal: { shared } }) =>
    items.map(
      ({ author: _, at: __, since: ___, struck: ____, ...said }) =>
        /** @type {Day} */ (/** @type {unknown} */ ({ ...said, shared })),
    ),
  );
}
