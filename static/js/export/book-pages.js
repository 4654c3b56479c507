/** Turns everything that can be decrypted into the pages of a book, in the page's language. */

import { fromBase64Url } from "../crypto/bytes.js";
import { choiceText } from "../content/matters.js";
import { feelingWord } from "../content/feelings.js";
import { importedAuthor } from "../entries/imported-author.js";
import { formatDate } from "../calendar-date.js";
import { mergeRecords } from "../replica/lww-map.js";
import { isTimeLocked } from "../replica/time-lock.js";
import { tNames } from "../naming/t-names.js";
import { locale, t } from "../ui/i18n.js";
import { extractText, hasContent } from "./document-text.js";
import { describeDocument } from "./describe-document.js";

/** @typedef {import("./export-reader.js").ExportReader} Gathering */
/** @typedef {import("./export-archive.js").EntryLine} Line */
/** @typedef {import("./export-archive.js").AnswerLine} AnswerLine */
/** @typedef {import("./html-book.js").Page} Page */

// Last-writer-wins maps: the records of both members are merged into one page.
const SHAPED = ["list", "day", "matter"];
// a file size that a phone can still open; larger media are in the archive
const ROOM_BYTES = 100 * 1024 * 1024;

/**
 * @param {Gathering} gathering
 * @returns {Promise<Page[]>}
 */
export async function bookPages(gathering) {
  /** @type {Page[]} */
  const pages = [];
  let room = ROOM_BYTES;
  const fits = (/** @type {Uint8Array} */ bytes) => {
    room -= bytes.length;
    return room >= 0 ? bytes : null;
  };
  const kinds = new Map(gathering.list.map(({ id, kind }) => [id, kind]));
  const kindOf = (/** @type {Line} */ { journal }) => kinds.get(journal) ?? "individual";
  /** @type {Map<string, Line[]>} */
  const shaped = new Map();
  for await (const { journal, entry, line } of gathering.entries()) {
    if (SHAPED.includes(line.doc.type)) {
      const name = `${line.journal}/${line.doc.type}/${line.doc.thing}`;
      shaped.set(name, [...(shaped.get(name) ?? []), line]);
      continue;
    }
    const closed = isTimeLocked(entry.doc);
    const page = closed
      ? asClosed(line, kindOf(line))
      : entryPage(line, kindOf(line), gathering.app);
    if (!page) continue;
    for await (const { note, bytes } of closed ? [] : gathering.files(journal, entry)) {
      if (!note.small) page.media.push({ mime: note.mime, bytes: fits(bytes) });
    }
    pages.push(page);
  }
  for (const parts of shaped.values()) {
    const page = shapedPage(parts, kindOf, gathering.app);
    if (page) pages.push(page);
  }
  for await (const line of gathering.answers()) pages.push(answersPage(line, fits));
  return pages;
}

/**
 * Show only that a time-locked letter exists, and until when it is closed.
 * @param {Line} line
 * @param {string} kind
 * @returns {Page | null}
 */
function asClosed({ doc, ...line }, kind) {
  const text = t("letter-closed-until", { date: formatDate(doc.opens, locale()) });
  return entryPage({ ...line, doc: { at: doc.at, title: t("find-type-letter"), text } }, kind);
}

/**
 * Render a shared map in its merged state.
 * @param {Line[]} parts
 * @param {(line: Line) => string} kindOf
 * @param {import("../services.js").Services} app
 */
function shapedPage(parts, kindOf, app) {
  const [line] = parts.toSorted((a, b) => Date.parse(b.doc.at) - Date.parse(a.doc.at));
  if (!line) return null;
  const items = Object.fromEntries(mergeRecords(parts));
  const page = entryPage({ ...line, doc: { ...line.doc, items } }, kindOf(line), app);
  return page && parts.length > 1 ? { ...page, who: t("both-of-us") } : page;
}

/**
 * @param {Pick<Line, "doc" | "mine" | "by" | "trouble">} line
 * @param {string} kind the kind of its journal
 * @param {import("../services.js").Services} [app]
 * @returns {Page | null} null if it has nothing to read
 */
export function entryPage({ doc: said, mine, by, trouble }, kind, app) {
  const { doc, heading, about } = app
    ? describeDocument(said, mine, app)
    : { doc: said, heading: "", about: "" };
  const leaf = extractText(doc);
  if (!hasContent(leaf)) return null;
  const who = mine ? t("you") : by;
  /** @type {Record<string, string>} */
  const places = {
    individual: t("only-me"),
    shared: t("ours-by", { who }),
    archived: t("taking-before", { who }),
  };
  const side = kind === "individual" && !said.from ? "mine" : "ours";
  return {
    at: String(said.at ?? ""),
    side,
    who: said.from ? importedAuthor(said.from) : (places[kind] ?? ""),
    heading: heading || leaf.title,
    about: [about, leaf.whom.length ? tNames("for-whom", toWords(leaf.whom)) : "", dayOf(leaf.day)]
      .filter(Boolean)
      .join(" · "),
    texts: leaf.texts,
    items: leaf.items.map((item) => item.texts).filter((texts) => texts.length),
    feelings: leaf.feelings.map(feelingWord).join(", "),
    trouble: trouble ? t("trouble-forged") : "",
    media: [],
  };
}

/** @param {any[]} whom words with their grammar, or plain strings */
function toWords(whom) {
  return whom.map((recipient) =>
    typeof recipient === "string"
      ? { text: recipient, language: locale() }
      : { ...recipient, text: String(recipient?.text ?? "") },
  );
}

/**
 * Format a date, or return it as written if it is not one.
 * @param {string} day
 */
function dayOf(day) {
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T12:00` : day);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(locale(), { dateStyle: "long" }).format(date);
}

/**
 * @param {AnswerLine} line
 * @param {(bytes: Uint8Array) => Uint8Array | null} fits
 * @returns {Page}
 */
function answersPage({ text, answers }, fits) {
  const page = {
    at: "",
    side: /** @type {const} */ ("ours"),
    who: t("both-of-us"),
    heading: text,
    about: "",
    items: [],
    feelings: "",
  };
  /** @type {Page["media"]} */
  const media = [];
  const texts = answers.map(({ by, mine, said }) => {
    if (String(said.at) > page.at) page.at = String(said.at);
    if (typeof said.audio?.data === "string") {
      media.push({ mime: String(said.audio.mime), bytes: fits(fromBase64Url(said.audio.data)) });
    }
    return `${mine ? t("you") : by}\n${answerText(said)}`;
  });
  return { ...page, texts, media };
}

/**
 * Return the text of an answer.
 * @param {Record<string, any>} content
 * @returns {string}
 */
export function answerText(content) {
  /** @type {Record<string, string>} */
  const ways = { none: "answer-none", same: "answer-same", recording: "answer-recording" };
  const key = ways[String(content.way)];
  return [choiceText(content), key ? t(key) : "", String(content.text ?? "")]
    .filter(Boolean)
    .join("\n");
}
