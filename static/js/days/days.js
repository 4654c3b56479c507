/**
 * The days of the member and the shared ones, which both partners edit. They are items of a
 * last-writer-wins map in each journal (protocol §9), so that they are found on opening without
 * reading every entry. Dispatches "changed" when the days have changed. Runs without a DOM.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { LwwMap } from "../replica/lww-map.js";
import { EVENTS } from "../net/events.js";
import { today } from "../calendar-date.js";
import { isToday, isAnnouncedForTomorrow, upcomingDays } from "./recurrence.js";

/** @typedef {import("./recurrence.js").Day} Day */

export class Days extends EventTarget {
  #app;
  /** @type {LwwMap[]} */
  #maps = [];
  /** @type {Promise<void> | null} */
  #loading = null;
  #stop;

  /** @param {import("../services.js").Services} app */
  constructor(app) {
    super();
    this.#app = app;
    this.#stop = () => {};
    const reload = () => void this.load().catch(() => {});
    app.journals.addEventListener("journals-changed", reload);
    app.live.addEventListener("resync", reload);
    app.session.addEventListener("state", reload);
    app.live.listen(
      EVENTS.journalChanged,
      ({ journal }) => void this.#onRemoteChange(journal).catch(() => {}),
    );
    app.resurfacing.addEventListener("changed", () => this.dispatchEvent(new Event("changed")));
    reload();
  }

  /**
   * Load once, and again when the journals have changed.
   * @returns {Promise<void>}
   */
  load() {
    this.#loading ??= this.#fetch().finally(() => (this.#loading = null));
    return this.#loading;
  }

  async #fetch() {
    const { journals, session } = this.#app;
    if (session.state !== "unlocked") {
      this.#stop();
      this.#stop = () => {}; // the old one holds the journals, and so decrypted text
      this.#maps = [];
      return;
    }
    if (this.isComplete) return;
    const things = await Promise.all(
      journals.writable.map((journal) => LwwMap.fetch(journal, "day", "days")),
    );
    if (session.state !== "unlocked") return;
    this.#maps = things;
    this.#stop();
    this.#stop = journals.onChange(() => this.dispatchEvent(new Event("changed")));
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Refresh after another page wrote in a journal, as that may have changed a day.
   * @param {string} id
   */
  async #onRemoteChange(id) {
    const map = this.#maps.find(({ journal }) => toBase64Url(journal.id) === id);
    await map?.refresh();
    if (map) this.dispatchEvent(new Event("changed"));
  }

  /** Whether the days of every journal are known. */
  get isComplete() {
    const { writable } = this.#app.journals;
    return (
      writable.length === this.#maps.length &&
      writable.every((journal, at) => this.#maps[at]?.journal === journal)
    );
  }

  /**
   * The days that may be shown now.
   * @returns {Day[]}
   */
  get list() {
    return daysOf(this.#maps.filter(({ journal }) => this.#app.journals.visible.includes(journal)));
  }

  /**
   * All days, including those that the PIN lock hides.
   * @returns {Day[]}
   */
  get all() {
    return daysOf(this.#maps);
  }

  /**
   * Return the upcoming days, the nearest first.
   * @param {string} [from]
   */
  upcoming(from = today()) {
    const marks = this.#app.resurfacing.states;
    return upcomingDays(this.list, (id) => marks.get(id) ?? {}, from);
  }

  /**
   * Return the days for the top of the candle screen: today's, and tomorrow's if a reminder is
   * wanted. None while the member rests.
   */
  dueToday(now = today()) {
    if (this.#app.rest.resting) return [];
    return this.upcoming(now).filter(
      (next) => isToday(next, now) || isAnnouncedForTomorrow(next, now),
    );
  }

  /**
   * @param {string} id
   * @returns {Day | null}
   */
  get(id) {
    return this.list.find((day) => day.id === id) ?? null;
  }

  /**
   * Save a day in one journal and remove it from the other.
   * @param {Omit<Day, "id" | "shared">} fields
   * @param {boolean} shared
   * @param {string} [id]
   * @returns {Promise<string>}
   */
  async save(fields, shared, id) {
    await this.load();
    const map = this.#maps.find(({ journal }) => journal.shared === shared) ?? this.#maps[0];
    if (!map) throw new Error("locked");
    const kept = await map.set(fields, id);
    for (const other of this.#maps) {
      if (other !== map && other.items.some((item) => item.id === kept)) await other.remove(kept);
    }
    return kept;
  }

  /** @param {string} id */
  async remove(id) {
    for (const map of this.#maps) await map.remove(id);
    await this.#app.resurfacing.forget(id);
  }
}

/**
 * @param {LwwMap[]} things
 * @returns {Day[]}
 */
function daysOf(things) {
  return things.flatMap(({ items, journal: { shared } }) =>
    items.map(
      ({ author: _, at: __, since: ___, struck: ____, ...fields }) =>
        /** @type {Day} */ (/** @type {unknown} */ ({ ...fields, shared })),
    ),
  );
}
