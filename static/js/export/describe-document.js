/**
 * Puts the fields of a document that only a machine reads (ids, dates, kinds) into words for the
 * book. Types that are not listed here are read by document-text.js as they are.
 */

import { formatDate } from "../calendar-date.js";
import { dayLabel } from "../entries/day-label.js";
import { LISTS, PLAN_LISTS, itemText } from "../content/lists.js";
import { recipientLine } from "../entries/letter-recipient.js";
import { tNames } from "../naming/t-names.js";
import { choiceText } from "../content/matters.js";
import { ritualById } from "../content/rituals.js";
import { questionById } from "../content/questions.js";
import { readPresets } from "../content/presets.js";
import { locale, t } from "../ui/i18n.js";

/**
 * `doc`: the readable document; `heading`: its title; `about`: further information.
 * @typedef {{ doc: Record<string, any>, heading: string, about: string }} Description
 */

/**
 * @typedef {import("../services.js").Services} Services
 * @type {Record<string, (doc: Record<string, any>, app: Services, mine: boolean) =>
 *   Partial<Description>>}
 */
const TYPES = {
  note: ({ ritual: id }) => ({ about: ritualById(String(id ?? ""))?.title ?? "" }),
  letter: (doc, app, mine) => ({
    doc: { ...doc, for: undefined, to: undefined }, // the heading shows it
    heading: recipientLine(/** @type {import("../replica/journal.js").Doc} */ (doc), mine, app),
  }),
  keepsake: ({ kind, title }) => ({ heading: title || t(`keepsake-${kind ?? "object"}`) }),
  day: (doc, app) => ({
    heading: t("taking-days"),
    doc: withItems(doc, (day) => ({
      name: dayLabel(day, app),
      text: dayDate(day),
      plan: day.plan,
    })),
  }),
  list: (doc) => ({
    heading: listHeading(String(doc.thing)),
    doc: withItems(doc, (item) => ({ text: itemText(doc.thing, item) })),
  }),
  matter: (doc) => ({
    heading: t("taking-matters"),
    doc: withItems(doc, (item) => ({
      name: String(item.text ?? ""),
      text: [choiceText(item), item.words].filter(Boolean).join("\n"),
    })),
  }),
  thread: ({ thing }) => ({ heading: questionById(String(thing))?.text ?? "" }),
  tree: (doc) => ({
    heading: t("taking-tree"),
    doc: {
      ...withItems(doc, ({ text }) => ({ text })),
      ...(doc.items?.["@about"] && { text: tNames("tree-for", doc.items["@about"].for ?? []) }),
    },
  }),
  way: ({ sentences = [], text }) => {
    const known = readPresets("way-list").filter(({ id }) => sentences.includes(id));
    const lines = [...known.map((preset) => preset.text), text].filter(Boolean);
    return { heading: t("find-type-way"), doc: { text: lines.join("\n") } };
  },
  words: () => ({ heading: t("taking-own-words") }),
  reminder: ({ moment }) => ({
    heading: t("taking-reminder"),
    about: formatDate(String(moment).slice(0, 10), locale()),
  }),
};

/**
 * @param {Record<string, any>} doc
 * @param {boolean} mine
 * @param {import("../services.js").Services} app
 * @returns {Description}
 */
export function describeDocument(doc, mine, app) {
  const read = Object.hasOwn(TYPES, doc.type) ? TYPES[doc.type]?.(doc, app, mine) : null;
  return { doc, heading: "", about: "", ...read };
}

/** @param {string} list */
function listHeading(list) {
  if (PLAN_LISTS.includes(list)) return t("plan-list", { part: t(`list-${list}`) });
  return LISTS.includes(list) ? t(`list-${list}`) : "";
}

/**
 * @param {Record<string, any>} doc
 * @param {(item: any) => Record<string, any>} describe
 */
function withItems(doc, describe) {
  const items = Object.entries(doc.items ?? {}).map(([id, item]) => {
    const { since, struck } = item ?? {};
    return [id, { since, ...(struck ? { struck } : describe(item ?? {})) }];
  });
  return { type: doc.type, at: doc.at, items: Object.fromEntries(items) };
}

/**
 * Return the date of a day, or "" if its name implies the date.
 * @param {import("../days/recurrence.js").Day} day
 */
function dayDate({ date, yearly }) {
  const on = formatDate(date ?? "", locale());
  return on && yearly ? t("day-every-year", { date: on }) : on;
}
