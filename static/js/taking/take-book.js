/** From everything that can be read to the pages of a book, in the page's language. */

import { unb64 } from "../crypto/bytes.js";
import { feelingWord } from "../journals/feelings.js";
import { sayFrom } from "../journals/from.js";
import { spoken } from "../days/dates.js";
import { isClosed } from "../letters/closed.js";
import { sayOf } from "../naming/sentences.js";
import { language, say } from "../ui/sentences.js";
import { leafOf, saysSomething } from "./leaf.js";

/** @typedef {import("./gathering.js").Gathering} Gathering */
/** @typedef {import("./archive.js").Line} Line */
/** @typedef {import("./archive.js").AnswerLine} AnswerLine */
/** @typedef {import("./book.js").Page} Page */

const ROOM_BYTES = 100 * 1024 * 1024; // a file that a phone still opens; what is beyond is in the archive

/** @param {Gathering} gathering @returns {Promise<Page[]>} */
export async function takePages(gathering) {
  /** @type {Page[]} */
  const pages = [];
  let room = ROOM_BYTES;
  const fits = (/** @type {Uint8Array} */ bytes) => {
    room -= bytes.length;
    return room >= 0 ? bytes : null;
  };
  const kinds = new Map(gathering.list.map(({ id, kind }) => [id, kind]));
  for await (const { journal, entry, line } of gathering.entries()) {
    const kind = kinds.get(line.journal) ?? "individual";
    if (isClosed(entry.doc)) {
      pages.push(...[pageOf(asClosed(line), kind)].filter((one) => one !== null));
      continue;
    }
    const page = pageOf(line, kind);
    if (!page) continue;
    for await (const { note, bytes } of gathering.files(journal, entry)) {
      if (!note.small) page.media.push({ mime: note.mime, bytes: fits(bytes) });
    }
    pages.push(page);
  }
  for await (const line of gathering.answers()) pages.push(answersPage(line, fits));
  return pages;
}

/** A letter before its day: that it is there, and till when it is closed. @param {Line} line @returns {Line} */
function asClosed({ doc, ...line }) {
  const text = say("letter-closed-until", { date: spoken(doc.opens, language()) });
  return { ...line, doc: { v: 1, type: "letter", at: doc.at, text } };
}

/** @param {Line} line @param {string} kind of its journal @returns {Page | null} null when it says nothing to anyone */
export function pageOf({ doc, mine, by, trouble }, kind) {
  const leaf = leafOf(doc);
  if (!saysSomething(leaf)) return null;
  const who = mine ? say("you") : by;
  /** @type {Record<string, string>} */
  const places = { individual: say("only-me"), shared: say("ours-by", { who }), archived: say("taking-before", { who }) };
  const side = kind === "individual" && !doc.from ? "mine" : "ours";
  return {
    at: String(doc.at ?? ""),
    side,
    who: doc.from ? sayFrom(doc.from) : (places[kind] ?? ""),
    heading: leaf.title || headingOf(doc.type, leaf.to),
    about: [leaf.whom.length ? sayOf("for-whom", wordsOf(leaf.whom)) : "", dayOf(leaf.day)].filter(Boolean).join(" · "),
    texts: leaf.texts,
    items: leaf.items.map((item) => item.texts).filter((texts) => texts.length),
    feelings: leaf.feelings.map(feelingWord).join(", "),
    trouble: trouble ? say("trouble-forged") : "",
    media: [],
  };
}

/** @param {string} type @param {string} to */
function headingOf(type, to) {
  if (type === "letter") return to ? say("letter-to", { to }) : say("letter-to-whom-none");
  return type === "words" ? say("taking-own-words") : "";
}

/** @param {any[]} whom words with their grammar, or plain ones */
function wordsOf(whom) {
  return whom.map((one) =>
    typeof one === "string" ? { text: one, language: language() } : { ...one, text: String(one?.text ?? "") },
  );
}

/** A day as it is said, or as it was written when it is none. @param {string} day */
function dayOf(day) {
  const date = new Date(/^\d{4}-\d\d-\d\d$/.test(day) ? `${day}T12:00` : day);
  if (Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(language(), { dateStyle: "long" }).format(date);
}

/** @param {AnswerLine} line @param {(bytes: Uint8Array) => Uint8Array | null} fits @returns {Page} */
function answersPage({ text, answers }, fits) {
  const page = { at: "", side: /** @type {const} */ ("ours"), who: say("both-of-us"), heading: text, about: "", items: [], feelings: "" };
  /** @type {Page["media"]} */
  const media = [];
  const texts = answers.map(({ by, mine, said }) => {
    if (String(said.at) > page.at) page.at = String(said.at);
    if (typeof said.audio?.data === "string") {
      media.push({ mime: String(said.audio.mime), bytes: fits(unb64(said.audio.data)) });
    }
    return `${mine ? say("you") : by}\n${sayAnswer(said)}`;
  });
  return { ...page, texts, media };
}

/** What an answer says, in words. @param {Record<string, any>} said @returns {string} */
export function sayAnswer(said) {
  /** @type {Record<string, string>} */
  const ways = { none: "answer-none", same: "answer-same", recording: "answer-recording" };
  const key = ways[String(said.way)];
  return [key ? say(key) : "", String(said.text ?? "")].filter(Boolean).join("\n");
}
