/**
 * What can be chosen for a page to show: single entries, lines of lists, private answers and the
 * answers of both, each with its author. It holds what the member can read in the app, and nothing
 * that the code before "Only me" hides.
 */

import { importedAuthor } from "../entries/imported-author.js";
import { partnerName } from "../entries/partner-name.js";
import { t } from "../ui/i18n.js";
import { answerText, entryPage } from "./book-pages.js";

/** @typedef {import("./html-book.js").Page} Page */
/** @typedef {import("../search/search.js").Source} Source */
/** @typedef {import("./export-archive.js").AnswerLine} AnswerLine */

/**
 * `own`: whether the words are the member's own.
 * @typedef {{ own: boolean, page: Page }} Piece
 */

const TYPES = ["note", "letter", "list", "thread", "matter"];

/**
 * Return every piece, newest first.
 * @param {import("../services.js").Services} app
 * @param {AsyncIterable<AnswerLine>} answers
 * @returns {Promise<Piece[]>}
 */
export async function roomPieces(app, answers) {
  await app.search.loadAll();
  const pieces = app.search.sources
    .filter(({ doc }) => TYPES.includes(doc.type))
    .map((source) => entryPiece(source, app));
  const answered = [];
  for await (const line of answers) answered.push(...answerPieces(line));
  return [...pieces, ...answered]
    .filter((piece) => piece !== null)
    .sort((a, b) => Date.parse(b.page.at) - Date.parse(a.page.at));
}

/**
 * Whether a piece is in the member's own words. What came back from an archive is in their own
 * journal, and can have been written by someone else all the same.
 * @param {Pick<Source, "mine" | "doc">} source
 */
export function isOwn({ mine, doc }) {
  return mine && (!doc.from || doc.from.mine === true);
}

/**
 * @param {Source} source
 * @param {import("../services.js").Services} app
 * @returns {Piece | null} null if there are no words in it
 */
function entryPiece(source, app) {
  const { id, at, doc, mine, entry } = source;
  const when = new Date(at).toISOString();
  const { type, thing, from } = doc;
  const whole = thing ? { type, thing, at: when, items: { [id]: doc } } : doc;
  const own = isOwn(source);
  const name = mine && from ? importedAuthor(from) : partnerName(app);
  const trouble = entry.trouble === "forged" ? { trouble: entry.trouble } : {};
  const page = entryPage({ doc: whole, mine, by: name, ...trouble }, "individual", app);
  if (!page || !(page.texts.length || page.items.length || page.feelings)) return null;
  return { own, page: { ...page, at: when, ...authorship(own, name), media: [] } };
}

/**
 * @param {AnswerLine} line
 * @returns {Piece[]}
 */
function answerPieces({ text, answers }) {
  return answers.map(({ mine, by, said }) => ({
    own: mine,
    page: {
      at: String(said.at ?? ""),
      ...authorship(mine, by),
      heading: text,
      about: "",
      texts: [answerText(said)],
      items: [],
      feelings: "",
      media: [],
    },
  }));
}

/**
 * Mark words that are not the member's own.
 * @param {boolean} own
 * @param {string} name whose words they are
 * @returns {Pick<Page, "side" | "who">}
 */
function authorship(own, name) {
  return own ? { side: "mine", who: "" } : { side: "ours", who: t("room-theirs", { name }) };
}
