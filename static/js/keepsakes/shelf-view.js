/** Draws the shelf: a thing that is still there stays, with its picture. */

import { recipientLine } from "../entries/letter-recipient.js";
import { dayLabel, dayRangeLabel } from "../entries/day-label.js";
import { formatDate, parseDate } from "../calendar-date.js";
import { openFile } from "../replica/attachments.js";
import { clone, fill, part, setVisible } from "../ui/dom.js";
import { formatDay } from "../ui/format-date.js";
import { locale, t } from "../ui/i18n.js";
import { childController, objectUrl } from "../ui/lifetime.js";
import { isClosedLetter } from "./shelf.js";

/** @typedef {import("./shelf.js").Thing} Thing */

export class ShelfView {
  #list;
  #app;
  #signal;
  /** @type {Map<string, { version: string, root: HTMLElement, lifetime: AbortController }>} */
  #drawn = new Map();

  /**
   * @param {HTMLElement} list
   * @param {import("../services.js").Services} app
   * @param {AbortSignal} signal
   */
  constructor(list, app, signal) {
    this.#list = list;
    this.#app = app;
    this.#signal = signal;
  }

  /** @param {Thing[]} things */
  render(things) {
    const before = this.#drawn;
    this.#drawn = new Map();
    for (const thing of things) {
      const { id } = thing.entry;
      const version = this.#label(thing) + thing.drawing + thing.picture?.id;
      const known = before.get(id);
      const same = known?.version === version;
      this.#drawn.set(id, same ? known : { version, ...this.#draw(thing) });
      if (same) before.delete(id);
    }
    for (const { lifetime } of before.values()) lifetime.abort();
    const roots = [...this.#drawn.values()].map(({ root }) => root);
    const changed = roots.some((root, at) => this.#list.children[at] !== root);
    if (changed || roots.length < this.#list.children.length) this.#list.replaceChildren(...roots);
  }

  /**
   * Return the words under a thing.
   * @param {Thing} thing
   */
  #label(thing) {
    const { entry, name } = thing;
    const { doc, mine, shared } = entry;
    if (isClosedLetter(thing)) {
      return t("letter-closed-until", { date: formatDate(String(doc.opens), locale()) });
    }
    if (!shared) return formatDay(doc.at);
    return name || recipientLine(doc, mine, this.#app) || t(`keepsake-${thing.drawing}`);
  }

  /** @param {Thing} thing */
  #draw(thing) {
    const { entry, drawing, picture } = thing;
    const root = clone(entry.shared ? "thing-ours" : "thing-mine");
    const lifetime = childController(this.#signal);
    const link = /** @type {HTMLAnchorElement} */ (part(root, "open"));
    link.href =
      entry.doc.type === "letter"
        ? `/${locale()}/space/letters`
        : `/${locale()}/space/keepsakes/look/${entry.id}`;
    fill(root, { name: this.#label(thing) });
    part(root, "stand").append(clone(`drawn-${drawing}`));
    if (picture) void this.#show(root, entry, picture, lifetime.signal).catch(() => {});
    return { root, lifetime };
  }

  /**
   * Show a small picture in the place of its drawing, which stays if the picture cannot be shown.
   * @param {HTMLElement} root
   * @param {import("./shelf.js").Opened} entry
   * @param {import("./shelf.js").FileNote} note
   * @param {AbortSignal} signal
   */
  async #show(root, entry, note, signal) {
    const { shared } = this.#app.journals;
    if (!shared) return;
    const blob = await openFile(shared, entry, note, signal);
    if (blob.type !== "image/jpeg" || signal.aborted) return;
    const image = /** @type {HTMLImageElement} */ (part(root, "picture"));
    image.src = objectUrl(blob, signal);
    await image.decode();
    part(root, "stand").querySelector(".drawing")?.parentElement?.remove();
    image.hidden = false;
  }
}

/**
 * Show the next day as a page of a calendar. Of a private one only the lock is shown.
 * @param {HTMLElement} root the screen
 * @param {import("../days/recurrence.js").Upcoming | null} next
 * @param {import("../services.js").Services} app
 */
export function drawNextDay(root, next, app) {
  const shown = next?.day.shared ? next : null;
  const date = parseDate(shown?.on);
  setVisible(root, "day-drawn", date === null);
  setVisible(root, "day-leaf", date !== null);
  setVisible(root, "day-mine", next !== null && shown === null);
  const month = date && new Date(Date.UTC(2000, date.month - 1, 1));
  const format = new Intl.DateTimeFormat(locale(), { month: "short", timeZone: "UTC" });
  fill(root, {
    month: month ? format.format(month) : "",
    date: date ? String(date.date) : "",
    when: shown ? dayRangeLabel(shown) : "",
    day: shown ? dayLabel(shown.day, app) : "",
  });
}
