/**
 * A private index of the dates on which entries are shown again, and of the answers to that. The
 * date itself is in the entry. Dispatches "changed" when the index or the day has changed. Runs
 * without a DOM.
 */

import { CoalescedTask } from "../coalesced-task.js";
import { LwwMap } from "../replica/lww-map.js";
import { parseDate, today } from "../calendar-date.js";

const LOOK_MS = 60_000; // the date may change while the page is open
const HANDED = "handed/";

/**
 * For an entry: `back` is its date, `shown` the day on which it was offered, `later` the day of a
 * "not now"; `gives` and `space`: the day on which a letter is copied, and into which space.
 * @typedef {import("./recurrence.js").DayMark & {
 *   back?: string, shown?: string, later?: string, gives?: string, space?: string }} ResurfaceState
 */

export class Resurfacing extends EventTarget {
  #day;
  #collectTask;
  #deliverTask;
  #stop;

  /**
   * @param {import("../services.js").Services} app
   * @param {(resurfacing: Resurfacing) => Promise<void>} deliver copies letters that are due
   */
  constructor(app, deliver) {
    super();
    this.app = app;
    /** @type {LwwMap | null} */
    this.map = null;
    this.#day = today();
    this.#collectTask = new CoalescedTask(() => this.#collect());
    this.#deliverTask = new CoalescedTask(() => deliver(this));
    this.#stop = () => {};
    const load = () => void this.#load().catch(() => {});
    app.journals.addEventListener("journals-changed", load);
    app.live.addEventListener("resync", load);
    app.session.addEventListener("state", load);
    load();
    window.setInterval(() => {
      if (this.#day === today()) return;
      this.#day = today();
      void this.#deliverTask.schedule();
      this.dispatchEvent(new Event("changed"));
    }, LOOK_MS);
  }

  /** Load the index once, and listen for changes in either journal. */
  async #load() {
    const { session, journals } = this.app;
    if (session.state !== "unlocked") {
      this.#stop();
      this.#stop = () => {};
      this.map = null;
      return;
    }
    const { individual } = journals;
    if (this.map?.journal !== individual) {
      const map = await LwwMap.fetch(individual, "return", "mine");
      if (journals.own !== individual) return;
      this.map = map;
    }
    this.#stop();
    this.#stop = journals.onChange(() => {
      void this.#collectTask.schedule();
      this.dispatchEvent(new Event("changed"));
    });
    void this.#collectTask.schedule().then(() => this.#deliverTask.schedule());
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * Return the state of a day or an entry.
   * @param {string} id
   * @returns {ResurfaceState}
   */
  stateOf(id) {
    return this.states.get(id) ?? {};
  }

  /** @returns {Map<string, ResurfaceState>} */
  get states() {
    const items = this.map?.items ?? [];
    return new Map(
      items.map(({ id, author: _, at: __, since: ___, struck: ____, ...mark }) => [
        id,
        /** @type {ResurfaceState} */ (mark),
      ]),
    );
  }

  /**
   * Merge a change into its state; undefined removes a field.
   * @param {string} id
   * @param {Partial<ResurfaceState>} change
   */
  async update(id, change) {
    if (!this.map) await this.#load();
    await this.map?.set({ ...this.stateOf(id), ...change }, id);
  }

  /**
   * The reminders that the server has, by day id.
   * @returns {Map<string, string>}
   */
  get handedReminders() {
    const items = (this.map?.items ?? []).filter(({ id }) => id.startsWith(HANDED));
    return new Map(items.map(({ id, reminder }) => [id.slice(HANDED.length), String(reminder)]));
  }

  /**
   * Store a handed-over reminder. It is an item apart from the choices, so that neither write
   * overwrites the other.
   * @param {string} day
   * @param {string} [reminder]
   */
  async setHandedReminder(day, reminder) {
    if (reminder) await this.map?.set({ reminder }, HANDED + day);
    else await this.map?.remove(HANDED + day);
  }

  /**
   * Remove all state of a day or an entry.
   * @param {string} id
   */
  async forget(id) {
    await this.map?.remove(id);
  }

  /** Add entries whose dates are not in the index yet. */
  async #collect() {
    const { journals, session } = this.app;
    if (!this.map || session.state !== "unlocked") return;
    const marks = this.states;
    for (const journal of journals.writable) {
      for (const { id, doc, mine } of journal.entries.values()) {
        if (!doc || !mine) continue;
        if (!doc.back && !doc.give && !marks.has(id)) continue; // true of nearly all entries
        const { back, gives, space } = marks.get(id) ?? {};
        const wished = parseDate(doc.back)?.year ? String(doc.back) : undefined;
        const due = doc.give && !doc.given ? String(doc.opens) : undefined;
        if (wished !== back)
          await this.update(id, {
            back: wished,
            shown: undefined,
            later: undefined,
            never: undefined,
          });
        if (due !== gives)
          await this.update(id, { gives: due, space: due && String(doc.give ?? space) });
      }
    }
    await this.#deliverTask.schedule();
  }

  /**
   * Entries that are to be shown again today.
   * @returns {string[]}
   */
  get due() {
    const now = today();
    return [...this.states]
      .filter(([, { back, shown, later, never }]) =>
        Boolean(back && back <= now && !never && later !== now && (!shown || shown === now)),
      )
      .map(([id]) => id);
  }
}
