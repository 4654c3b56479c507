/**
 * What a document keeps for the machine (an id, a date, what kind it is), in words, so that a book
 * says it. What is not named here is read as it stands (leaf.js).
 */

import { spoken } from "../days/dates.js";
import { dayName } from "../days/words.js";
import { LISTS, wordsOn } from "../lists/lists.js";
import { letterTo } from "../letters/address.js";
import { sayOf } from "../naming/sentences.js";
import { ritual } from "../rituals/rituals-data.js";
import { question } from "../talk/questions-data.js";
import { offered } from "../ui/offered.js";
import { language, say } from "../ui/sentences.js";

/**
 * `doc`: as it is to be read; `heading`: what it is called; `about`: what else is to be said.
 * @typedef {{ doc: Record<string, any>, heading: string, about: string }} Readable
 */

/**
 * @type {Record<string, (doc: Record<string, any>, app: import("../app.js").App, mine: boolean) =>
 *   Partial<Readable>>}
 */
const TYPES = {
  note: ({ ritual: id }) => ({ about: ritual(String(id ?? ""))?.title ?? "" }),
  letter: (doc, app, mine) => ({
    doc: { ...doc, for: undefined, to: undefined }, // the heading says it
    heading: letterTo(/** @type {import("../journals/journal.js").Doc} */ (doc), mine, app),
  }),
  keepsake: ({ kind, title }) => ({ heading: title || say(`keepsake-${kind ?? "object"}`) }),
  day: (doc, app) => ({
    heading: say("taking-days"),
    doc: withItems(doc, (day) => ({ name: dayName(day, app), text: dayDate(day), plan: day.plan })),
  }),
  list: (doc) => ({
    heading: LISTS.includes(doc.thing) ? say(`list-${doc.thing}`) : "",
    doc: withItems(doc, (item) => ({ text: wordsOn(doc.thing, item) })),
  }),
  thread: ({ thing }) => ({ heading: question(String(thing))?.text ?? "" }),
  tree: (doc) => ({
    heading: say("taking-tree"),
    doc: {
      ...withItems(doc, ({ text }) => ({ text })),
      ...(doc.items?.["@about"] && { text: sayOf("tree-for", doc.items["@about"].for ?? []) }),
    },
  }),
  way: ({ sentences = [], text }) => {
    const known = offered("way-list").filter(({ id }) => sentences.includes(id));
    const lines = [...known.map((one) => one.text), text].filter(Boolean);
    return { heading: say("find-type-way"), doc: { text: lines.join("\n") } };
  },
  words: () => ({ heading: say("taking-own-words") }),
  reminder: ({ moment }) => ({
    heading: say("taking-reminder"),
    about: spoken(String(moment).slice(0, 10), language()),
  }),
};

/**
 * @param {Record<string, any>} doc
 * @param {boolean} mine
 * @param {import("../app.js").App} app
 * @returns {Readable}
 */
export function readable(doc, mine, app) {
  const read = Object.hasOwn(TYPES, doc.type) ? TYPES[doc.type]?.(doc, app, mine) : null;
  return { doc, heading: "", about: "", ...read };
}

/** @param {Record<string, any>} doc @param {(item: any) => Record<string, any>} how */
function withItems(doc, how) {
  const items = Object.entries(doc.items ?? {}).map(([id, item]) => {
    const { since, struck } = item ?? {};
    return [id, { since, ...(struck ? { struck } : how(item ?? {})) }];
  });
  return { type: doc.type, at: doc.at, items: Object.fromEntries(items) };
}

/** When it is; nothing for a day that says so itself. @param {import("../days/next.js").Day} day */
function dayDate({ date, yearly }) {
  const on = spoken(date ?? "", language());
  return on && yearly ? say("day-every-year", { date: on }) : on;
}
