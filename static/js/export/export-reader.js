/**
 * Reads everything that this member can decrypt, page by page: entries with their files, and
 * answers. What has been yielded is not kept in memory. Runs without a DOM.
 */

import { toBase64Url } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { openFile } from "../replica/attachments.js";
import { pages } from "../replica/pages.js";
import { ApiError, NotConnectedError } from "../net/api.js";
import { answersBySpace, SpaceAnswers } from "./export-answers.js";
import { fileNotes } from "./file-refs.js";

/** @typedef {import("../replica/journal.js").Journal} Journal */
/** @typedef {import("../replica/journal.js").Entry} Entry */
/** @typedef {import("./export-archive.js").EntryLine} Line */
/** @typedef {import("./export-archive.js").AnswerLine} AnswerLine */
/** @typedef {import("../replica/attachments.js").FileNote} FileNote */

const PAGE = 100;
// metadata of the shared space, which nobody wrote as an entry
export const SPACE_METADATA_TYPES = ["hello", "table"];

export class ExportReader {
  #includeShared;

  /**
   * @param {import("../services.js").Services} app
   * @param {boolean} wide whether to include what is and was shared
   */
  constructor(app, wide) {
    this.app = app;
    this.#includeShared = wide;
    /** Whether something could not be decrypted, and was skipped. */
    this.skipped = false;
  }

  /** @returns {Journal[]} */
  get #journals() {
    const { individual, shared, archives } = this.app.journals;
    if (!this.#includeShared) return [individual];
    return [individual, ...(shared ? [shared] : []), ...archives];
  }

  /**
   * @param {Journal} journal
   * @returns {"individual" | "shared" | "archived"}
   */
  #kindOf(journal) {
    if (!journal.shared) return "individual";
    return journal.writable ? "shared" : "archived";
  }

  /** @returns {import("./export-archive.js").ArchiveHead["journals"]} */
  get list() {
    const { spaces } = this.app.session;
    return this.#journals.map((journal) => {
      const kind = this.#kindOf(journal);
      const [, partner] = journal.members;
      const header = { id: toBase64Url(journal.id), kind };
      return partner ? { ...header, with: spaces.nameOf(toBase64Url(partner)) } : header;
    });
  }

  /**
   * Yield every entry, newest first in each journal.
   * @returns {AsyncGenerator<{ journal: Journal, entry: Entry, line: Line }>}
   */
  async *entries() {
    for (const journal of this.#journals) {
      for await (const page of pages(this.app.api, journal.path, PAGE)) {
        for (const wire of page) {
          const entry = await journal.decrypt(wire);
          if (!entry.doc) this.skipped = true;
          else if (!SPACE_METADATA_TYPES.includes(entry.doc.type)) {
            yield { journal, entry, line: await this.#line(journal, entry, entry.doc) };
          }
        }
      }
    }
  }

  /**
   * @param {Journal} journal
   * @param {Entry} entry
   * @param {Record<string, any>} doc
   * @returns {Promise<Line>}
   */
  async #line(journal, { id, author, mine, trouble }, doc) {
    const { account, spaces } = this.app.session;
    const named = await stableName(journal, id, author, doc);
    return {
      id,
      journal: toBase64Url(journal.id),
      author,
      by: mine ? account.login : spaces.nameOf(author),
      mine,
      ...(named && { named }),
      ...(trouble === "forged" && { trouble }),
      doc,
      files: {},
    };
  }

  /**
   * Yield the files of an entry one after the other; a file that does not open is skipped.
   * @param {Journal} journal
   * @param {Entry} entry
   * @returns {AsyncGenerator<{ note: FileNote, bytes: Uint8Array }>}
   */
  async *files(journal, entry) {
    for (const note of fileNotes(entry.doc)) {
      const file = await openFile(journal, entry, note).catch((error) => {
        if (error instanceof NotConnectedError) throw error;
        if (error instanceof ApiError && error.error !== "not_found") throw error;
        this.skipped = true;
        return null;
      });
      if (file) yield { note, bytes: new Uint8Array(await file.arrayBuffer()) };
    }
  }

  /**
   * Yield the member's own answers, and the partner's once both are revealed.
   * @returns {AsyncGenerator<AnswerLine>}
   */
  async *answers() {
    if (!this.#includeShared) return;
    for await (const { space, pairs } of answersBySpace(this.app)) {
      const opened = await SpaceAnswers.create(this.app.session, space);
      for (const pair of pairs) {
        const { line, whole } = await opened.open(pair);
        if (!whole) this.skipped = true;
        if (line.answers.length) yield line;
      }
    }
  }
}

/**
 * Return the name from which an entry's id is derived, if it has one (protocol §9).
 * @param {Journal} journal
 * @param {string} id
 * @param {string} author
 * @param {Record<string, any>} doc
 */
async function stableName(journal, id, author, doc) {
  if (doc.type === "note" || doc.type === "letter") return "";
  const name = typeof doc.thing === "string" ? `${doc.type}/${doc.thing}` : String(doc.type);
  const member = journal.members.find((member) => toBase64Url(member) === author);
  return member && toBase64Url(await namedId(journal.names, member, name)) === id ? name : "";
}
