/**
 * Bringing an archive back into the individual journal. What is here already stays as it is and
 * comes no second time, whoever stopped whatever half-way: each entry's id here follows from its
 * first one, and what is here is read before anything is written. Knows no DOM.
 */

import { b64, unb64 } from "../crypto/bytes.js";
import { TooLarge } from "../crypto/envelope.js";
import { namedId } from "../crypto/named.js";
import { sealFile } from "../journals/files.js";
import { Thing } from "../journals/thing.js";
import { ApiError } from "../net/api.js";
import { OURS_ALONE } from "./gathering.js";
import { Here } from "./here.js";
import { noteOf } from "./answer-note.js";
import { fileNotes, renewed } from "./notes.js";
import { Sending } from "./sending.js";

const AT_ONCE = 500; // ids that are derived side by side

/** @typedef {import("./archive.js").Archive} Archive */
/** @typedef {import("./archive.js").Line} Line */
/** @typedef {import("../journals/files.js").FileNote} FileNote */
/**
 * @typedef {(said: { step: "reading" | "bringing" | "waiting" | "offline", fraction?: number }) =>
 *   void} Tell
 */

export class Restoring {
  /**
   * @param {import("../app.js").App} app
   * @param {Archive} archive
   * @param {Tell} tell
   * @param {AbortSignal} signal
   */
  constructor(app, archive, tell, signal) {
    this.journal = app.journals.individual;
    this.archive = archive;
    this.tell = tell;
    this.signal = signal;
    this.here = new Here(app);
    this.sending = new Sending(this.journal, tell, signal);
    /** Where each entry of the archive stands here. @type {Map<string, string>} */
    this.ids = new Map();
    this.kinds = new Map(archive.head.journals.map(({ id, kind }) => [id, kind]));
    /** Whether something could not be brought back. */
    this.left = false;
  }

  /** @returns {Promise<void>} resolves when everything is here that can be */
  async run() {
    this.tell({ step: "reading" });
    await this.sending.patiently(() => this.here.look());
    const all = await this.plan();
    let done = 0;
    for await (const line of this.lines()) {
      this.signal.throwIfAborted();
      await this.bring(line);
      this.tell({ step: "bringing", fraction: ++done / all });
    }
    await this.sending.flush();
    this.left ||= this.sending.left;
  }

  /** Everything in the archive, answers as notes. @returns {AsyncGenerator<Line>} */
  async *lines() {
    for await (const line of this.archive.entries()) {
      if (!OURS_ALONE.includes(line.doc?.type)) yield line;
    }
    for await (const line of this.archive.answers()) {
      for (const answer of line.answers) yield noteOf(line, answer);
    }
  }

  /**
   * Know every id beforehand, as one entry may name another.
   * @returns {Promise<number>} how many there are
   */
  async plan() {
    let all = 0;
    /** @type {Promise<unknown>[]} */
    const asked = [];
    for await (const line of this.lines()) {
      const know = async () =>
        this.ids.set(line.id, this.here.find(line) ?? (await this.idFor(line)));
      asked.push(know());
      if (++all % AT_ONCE === 0) await Promise.all(asked.splice(0));
    }
    await Promise.all(asked);
    return all;
  }

  /** @param {Line} line */
  async idFor(line) {
    const own = this.kinds.get(line.journal) === "individual" || isThing(line.doc);
    const name = line.named && own ? line.named : `restored/${line.doc.was ?? line.id}`;
    return b64(await namedId(this.journal.names, unb64(this.journal.home.session.known.id), name));
  }

  /** @param {Line} line */
  async bring(line) {
    if (this.here.find(line)) return;
    const id = this.ids.get(line.id) ?? "";
    try {
      if (line.named && isThing(line.doc)) await this.merge(id, line);
      else if (this.here.add(id)) {
        const notes = await this.files(id, line.doc, line.files);
        const doc = { ...renewed(line.doc, notes, this.ids), ...this.origin(line) };
        await this.sending.add(id, doc);
      }
    } catch (error) {
      if (error instanceof ApiError && error.error === "gone") return; // deleted here: it stays so
      if (!(error instanceof TooLarge)) throw error;
      this.left = true;
    }
  }

  /**
   * Put the items of a thing among those that are here: of each, what was said last stands.
   * @param {string} id
   * @param {Line} line
   */
  async merge(id, line) {
    const { type, thing: name, items } = line.doc;
    const { from } = this.origin(line);
    const thing = new Thing(this.journal, type, name, [id]);
    await this.sending.patiently(() => thing.load());
    const here = thing.parts[0]?.doc?.items ?? {};
    const newer = Object.entries(items).filter(
      ([key, { at }]) =>
        !this.here.knows(line.doc, key, at) && !(Date.parse(here[key]?.at) >= Date.parse(at)),
    );
    if (!newer.length) return;
    const said = Object.fromEntries(
      newer.map(([key, item]) => [key, from ? { ...item, from } : item]),
    );
    const notes = await this.files(id, said, line.files);
    await this.sending.patiently(() => thing.keep(renewed(said, notes, this.ids)));
  }

  /** Which entry it was at first, and of shared ones who wrote it. @param {Line} line */
  origin({ id, journal, mine, by, trouble, doc }) {
    const was = doc.was ?? id;
    if (this.kinds.get(journal) === "individual") return { was };
    const own = mine && !trouble;
    return { was, from: doc.from ?? { mine: own, name: own ? "" : by } };
  }

  /**
   * Seal an entry's files anew and send them before it.
   * @param {string} id
   * @param {any} said
   * @param {Record<string, string>} names
   * @returns {Promise<Map<string, FileNote | null>>}
   */
  async files(id, said, names) {
    /** @type {Map<string, FileNote | null>} */
    const notes = new Map();
    for (const old of fileNotes(said)) {
      const bytes = await this.archive.file(names[old.id] ?? "");
      if (!bytes) this.left = true;
      notes.set(old.id, bytes && (await this.file(id, old, bytes)));
    }
    return notes;
  }

  /** @param {string} entry @param {FileNote} old @param {Uint8Array} bytes */
  async file(entry, { id: _id, sha256: _sha256, ...about }, bytes) {
    const { note, parcel } = await sealFile(this.journal, entry, bytes, about);
    await this.sending.file(entry, parcel);
    return note;
  }
}

/** What is merged by its items instead of being kept as it is. @param {Record<string, any>} doc */
function isThing({ thing, items }) {
  const all = typeof items === "object" && items !== null ? Object.values(items) : [null];
  return (
    typeof thing === "string" && all.every((item) => typeof item === "object" && item !== null)
  );
}
