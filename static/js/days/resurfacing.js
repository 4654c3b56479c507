/**
 * A private index of the dates on which entries are shown again, and of what was answered to that.
 * The date itself stands in the entry. Dispatches "changed". Knows no DOM.
 */

import { CoalescedTask } from "../coalesced-task.js";
import { LwwMap } from "../replica/lww-map.js";
import { parseDate, today } from "../calendar-date.js";

const LOOK_MS = 60_000; // the day may change while the page is open
const HANDED = "handed/";

/**
 * Of an entry: `back` is its date, `shown` the day on which it was offered, `later` the day of a
 * "not now"; `gives` and `space`: on which day a letter is copied, and where.
 * @typedef {import("./recurrence.js").DayMark & {
 *   back?: string, shown?: string, later?: string, gives?: string, space?: string }} ResurfaceState
 */

export class Resurfacing extends EventTarget {
  /**
   * @param {import("../services.js").Services} app
   * @param {(resurfacing: Resurfacing) => Promise<void>} deliver copies the letters whose day came
   */
  constructor(app, deliver) {
    super();
    this.app = app;
    /** @type {LwwMap | null} */
    this.map = null;
    this.day = today();
    this.collectTask = new CoalescedTask(() => this.collect());
    this.deliverTask = new CoalescedTask(() => deliver(this));
    this.stop = () => {};
    const look = () => void this.load().catch(() => {});
    app.journals.addEventListener("journals-changed", look);
    app.live.addEventListener("resync", look);
    app.session.addEventListener("state", look);
    look();
    window.setInterval(() => {
      if (this.day === today()) return;
      this.day = today();
      void this.deliverTask.schedule();
      this.dispatchEvent(new Event("changed"));
    }, LOOK_MS);
  }

  /** Ask once for what was said; and whenever one of the two journals is another. */
  async load() {
    const { session, journals } = this.app;
    if (session.state !== "unlocked") {
      this.stop();
      this.stop = () => {};
      this.map = null;
      return;
    }
    const { individual } = journals;
    if (this.map?.journal !== individual) {
      const thing = await LwwMap.fetch(individual, "return", "mine");
      if (journals.own !== individual) return;
      this.map = thing;
    }
    this.stop();
    this.stop = journals.onChange(() => {
      void this.collectTask.schedule();
      this.dispatchEvent(new Event("changed"));
    });
    void this.collectTask.schedule().then(() => this.deliverTask.schedule());
    this.dispatchEvent(new Event("changed"));
  }

  /**
   * What was said of a day or an entry.
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
   * Say something more of it; undefined takes a word back.
   * @param {string} id
   * @param {Partial<ResurfaceState>} change
   */
  async update(id, change) {
    if (!this.map) await this.load();
    await this.map?.set({ ...this.stateOf(id), ...change }, id);
  }

  /**
   * Which reminder of a day the server knows of, by the day's id.
   * @returns {Map<string, string>}
   */
  get handedReminders() {
    const items = (this.map?.items ?? []).filter(({ id }) => id.startsWith(HANDED));
    return new Map(items.map(({ id, reminder }) => [id.slice(HANDED.length), String(reminder)]));
  }

  /**
   * Remember it; apart from what is wished, so that neither overtakes the other.
   * @param {string} day
   * @param {string} [reminder]
   */
  async setHandedReminder(day, reminder) {
    if (reminder) await this.map?.set({ reminder }, HANDED + day);
    else await this.map?.remove(HANDED + day);
  }

  /**
   * Nothing is wished of it any more.
   * @param {string} id
   */
  async forget(id) {
    await this.map?.remove(id);
  }

  /** Take into the list what stands in one's own entries and is not there yet. */
  async collect() {
    const { journals, session } = this.app;
    if (!this.map || session.state !== "unlocked") return;
    const marks = this.states;
    for (const journal of journals.writable) {
      for (const { id, doc, mine } of journal.entries.values()) {
        if (!doc || !mine) continue;
        if (!doc.back && !doc.give && !marks.has(id)) continue; // as nearly all of them
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
    await this.deliverTask.schedule();
  }

  /**
   * Entries that are to come back today.
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
