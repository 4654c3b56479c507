/**
 * What one has asked to come back, and what one has said of it: a thing of the individual journal,
 * for its writer alone. A date stands in the entry itself; this is the short list that is read on
 * opening, so that nobody has to open every entry. Says "changed". Knows no DOM.
 */

import { Keeping } from "../journals/keeping.js";
import { Thing } from "../journals/thing.js";
import { giveWhatIsDue } from "../letters/giving.js";
import { read, today } from "./dates.js";

const LOOK_MS = 60_000; // the day may change while the page is open
const HANDED = "handed/";

/**
 * Of an entry: `back` is its date, `shown` the day on which it was offered, `later` the day of a
 * "not now"; `gives` and `space`: on which day a letter is copied, and where.
 * @typedef {import("./next.js").Mark & {
 *   back?: string, shown?: string, later?: string, gives?: string, space?: string }} Mark
 */

export class Returns extends EventTarget {
  /** @param {import("../app.js").App} app */
  constructor(app) {
    super();
    this.app = app;
    /** @type {Thing | null} */
    this.thing = null;
    this.day = today();
    this.gathering = new Keeping(() => this.gather());
    this.giving = new Keeping(() => giveWhatIsDue(this));
    this.stop = () => {};
    const look = () => void this.load().catch(() => {});
    app.journals.addEventListener("arranged", look);
    app.live.addEventListener("ask", look);
    app.session.addEventListener("state", look);
    look();
    window.setInterval(() => {
      if (this.day === today()) return;
      this.day = today();
      void this.giving.changed();
      this.dispatchEvent(new Event("changed"));
    }, LOOK_MS);
  }

  /** Ask once for what was said; and whenever one of the two journals is another. */
  async load() {
    const { session, journals } = this.app;
    if (session.state !== "open") {
      this.stop();
      this.stop = () => {};
      this.thing = null;
      return;
    }
    const { individual } = journals;
    if (this.thing?.journal !== individual) {
      const thing = await Thing.of(individual, "return", "mine");
      if (journals.own !== individual) return;
      this.thing = thing;
    }
    this.stop();
    this.stop = journals.watch(() => {
      void this.gathering.changed();
      this.dispatchEvent(new Event("changed"));
    });
    void this.gathering.changed().then(() => this.giving.changed());
    this.dispatchEvent(new Event("changed"));
  }

  /** What was said of a day or an entry. @param {string} id @returns {Mark} */
  of(id) {
    return this.all.get(id) ?? {};
  }

  /** @returns {Map<string, Mark>} */
  get all() {
    const items = this.thing?.items ?? [];
    return new Map(
      items.map(({ id, author: _, at: __, since: ___, struck: ____, ...mark }) => [
        id,
        /** @type {Mark} */ (mark),
      ]),
    );
  }

  /**
   * Say something more of it; undefined takes a word back.
   * @param {string} id
   * @param {Partial<Mark>} change
   */
  async mark(id, change) {
    if (!this.thing) await this.load();
    await this.thing?.put({ ...this.of(id), ...change }, id);
  }

  /**
   * Which reminder of a day the server knows of, by the day's id.
   * @returns {Map<string, string>}
   */
  get handed() {
    const items = (this.thing?.items ?? []).filter(({ id }) => id.startsWith(HANDED));
    return new Map(items.map(({ id, reminder }) => [id.slice(HANDED.length), String(reminder)]));
  }

  /**
   * Remember it; apart from what is wished, so that neither overtakes the other.
   * @param {string} day
   * @param {string} [reminder]
   */
  async hand(day, reminder) {
    if (reminder) await this.thing?.put({ reminder }, HANDED + day);
    else await this.thing?.strike(HANDED + day);
  }

  /** Nothing is wished of it any more. @param {string} id */
  async forget(id) {
    await this.thing?.strike(id);
  }

  /** Take into the list what stands in one's own entries and is not there yet. */
  async gather() {
    const { journals, session } = this.app;
    if (!this.thing || session.state !== "open") return;
    const marks = this.all;
    for (const journal of journals.both) {
      for (const { id, doc, mine } of journal.entries.values()) {
        if (!doc || !mine) continue;
        if (!doc.back && !doc.give && !marks.has(id)) continue; // as nearly all of them
        const { back, gives, space } = marks.get(id) ?? {};
        const wished = read(doc.back)?.year ? String(doc.back) : undefined;
        const due = doc.give && !doc.given ? String(doc.opens) : undefined;
        if (wished !== back)
          await this.mark(id, {
            back: wished,
            shown: undefined,
            later: undefined,
            never: undefined,
          });
        if (due !== gives)
          await this.mark(id, { gives: due, space: due && String(doc.give ?? space) });
      }
    }
    await this.giving.changed();
  }

  /** Entries that are to come back today. @returns {string[]} */
  get due() {
    const now = today();
    return [...this.all]
      .filter(([, { back, shown, later, never }]) =>
        Boolean(back && back <= now && !never && later !== now && (!shown || shown === now)),
      )
      .map(([id]) => id);
  }
}
