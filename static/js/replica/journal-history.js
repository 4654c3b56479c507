/**
 * Checks that a journal has one history (protocol §19): that nothing is withheld, that the server
 * did not go back, and that the partner and one's other devices were shown the same. It never holds
 * up reading or writing. Runs without a DOM; tells `Journals` by "history" when the doubt changes.
 */

import { CoalescedTask } from "../coalesced-task.js";
import { fromBase64Url, sha256, toBase64Url } from "../crypto/bytes.js";
import { startHead } from "../crypto/history-chain.js";
import { ApiError, InvalidResponseError } from "../net/api.js";
import { compareHistory } from "./history-compare.js";
import { firstGap } from "./history-fold.js";
import { historyPages } from "./pages.js";
import { whenIdle } from "./when-idle.js";

const MAX_OVERTAKEN = 5; // a server could claim for ever that it has moved on
const MAX_UNKNOWN = 100_000; // places that are folded as unknown: a server could claim any number

const NOTHING = { place: 0, heads: [], stood: new Uint8Array() };

/**
 * @typedef {import("./history-fold.js").Writes} Writes
 * @typedef {import("./history-records.js").HistoryRecord} HistoryRecord
 * @typedef {"" | "changed" | "withheld" | "partner" | "device"} Doubt
 */

export class JournalHistory {
  #journal;

  /**
   * The writes that this page knows from the record's place on, by place.
   * @type {Writes}
   */
  #writes = new Map();
  /** @type {Doubt} */
  doubt = "";
  /** Counts what came, so that a check notices that it was overtaken. */
  #version = 0;
  /** How often in a row the journal had moved on when something did not agree. */
  #overtaken = 0;

  /**
   * @param {import("./journal-reader.js").JournalReader} journal
   * @param {import("./history-records.js").HistoryRecords} records
   */
  constructor(journal, records) {
    this.#journal = journal;
    this.records = records;
    this.key = toBase64Url(journal.id);
    this.task = new CoalescedTask(() => this.#check());
    journal.addEventListener("changed", () => void this.task.schedule());
  }

  /** @returns {Promise<HistoryRecord | undefined>} */
  async #record() {
    return (await this.records.load()).get(this.key);
  }

  /** Forget what came: the journal is read again from its beginning. */
  forget() {
    this.#writes.clear();
    this.#version++;
  }

  /**
   * Take in a write that came from the server, or was accepted by it.
   * @param {{ id: string, author: string, rev: number, place: number, box?: string }} wire
   * @param {import("./history-fold.js").Point | null} [witness]
   */
  async learn({ id, author, rev, place, box }, witness) {
    const record = await this.#record();
    if (record?.heads.length && place < record.place) return; // checked in an earlier visit
    const hash = box === undefined ? null : await sha256(fromBase64Url(box));
    this.#writes.set(place, { id, author, rev, place, hash, witness: witness ?? null });
    this.#version++;
  }

  /**
   * What a new document says of the history: the newest point that was checked; nothing while the
   * journal stands below it, where no reader could have that point.
   * @returns {Promise<{ place: number, head: string } | null>}
   */
  async witness() {
    const record = await this.#record();
    const head = record?.heads.at(-1);
    const { cursor } = this.#journal;
    if (record && cursor >= 0 && cursor < record.place) return null;
    return record && head ? { place: record.place, head: toBase64Url(head) } : null;
  }

  /** Whether the person has read what is said of the doubt. */
  async isRead() {
    return (await this.#record())?.read === this.doubt;
  }

  /** Remember that it was read; it is said again when it changes, or comes back. */
  async markRead() {
    const record = (await this.#record()) ?? { ...NOTHING, over: 0 };
    await this.records.save(this.key, { ...record, read: this.doubt });
    this.#journal.journals.dispatchEvent(new Event("history"));
  }

  /**
   * Take what the server shows now as right, because the person says so.
   * @throws {InvalidResponseError} if it claims more writes than anybody makes
   */
  async goOn() {
    const record = await this.#record();
    const known = Math.max(record?.place ?? 0, record?.over ?? 0);
    const over = Math.max(known, this.#journal.cursor);
    if (over - known - this.#writes.size > MAX_UNKNOWN)
      throw new InvalidResponseError("more places than anybody writes");
    await this.records.save(this.key, { ...NOTHING, over });
    this.#tell("");
    await this.#journal.reset();
  }

  async #check() {
    await whenIdle();
    const journal = this.#journal;
    const { cursor: upTo, complete } = journal;
    const version = this.#version;
    const ahead = [...this.#writes.keys()].some((place) => place > upTo);
    if (upTo < 0 || !complete || journal.isWriting || ahead) return; // what comes brings it back
    const held = new Map(journal.entries); // at this moment, of which nothing is later than `upTo`
    const record = await this.#record();
    const found = await this.#compare(record, upTo, held);
    if (!found) return;
    // After going on, an entry that was deleted between two pages is not missed by the comparison.
    const uncertain = found.doubt || record?.heads.length === 0;
    if (uncertain && !(await this.#isCurrent(upTo))) return;
    if (version !== this.#version) return void this.task.schedule();
    if (!found.doubt) {
      const { heads, stood } = found;
      this.#overtaken = 0;
      await this.records.save(this.key, { place: upTo, heads, stood, over: record?.over ?? 0 });
      for (const place of this.#writes.keys()) if (place < upTo) this.#writes.delete(place);
    }
    this.#tell(found.doubt);
  }

  /**
   * @param {HistoryRecord | undefined} record
   * @param {number} upTo
   * @param {Map<string, import("./journal.js").Entry>} entries
   * @returns {Promise<import("./history-compare.js").Found | null>} null if the server keeps no
   *   history
   */
  async #compare(record, upTo, entries) {
    const journal = this.#journal;
    const checked = record?.heads.length ? record : null;
    if (checked && upTo < checked.place) return { ...NOTHING, doubt: "changed" };
    /** @type {import("./history-fold.js").Point | null} */
    let from = checked && pointOf(checked);
    let writes = this.#writes;
    if (!from || firstGap(from.place, upTo, writes)) {
      const known = await this.#fetchGone(from?.place ?? 0, upTo);
      if (!known && !from) return null;
      from ??= { place: known?.start ?? 0, head: await startHead(journal.id, known?.start ?? 0) };
      writes = new Map([...(known?.writes ?? []), ...writes]);
    }
    const account = journal.journals.session.account.id;
    return compareHistory({ id: journal.id, entries }, { from, record, upTo, writes, account });
  }

  /**
   * Fetch the writes whose boxes are gone.
   * @param {number} after
   * @param {number} upTo
   * @returns {Promise<{ start: number, writes: Writes } | null>} null from an older server
   */
  async #fetchGone(after, upTo) {
    /** @type {Writes} */
    const writes = new Map();
    let start = 0;
    try {
      for await (const page of historyPages(
        this.#journal.journals.api,
        this.#journal.path,
        after,
      )) {
        ({ start } = page);
        for (const { sha256: hash, gone, ...write } of page.writes) {
          const content = gone ? null : fromBase64Url(hash, 32);
          if (write.place <= upTo) writes.set(write.place, { ...write, hash: content });
        }
        if (page.place >= upTo) break;
      }
    } catch (error) {
      if (error instanceof ApiError && error.error === "not_found") return null;
      throw error;
    }
    return { start, writes };
  }

  /**
   * Whether nothing was written since a place: a server is not doubted for what this page has not
   * fetched yet.
   * @param {number} upTo
   */
  async #isCurrent(upTo) {
    const place = await this.#journal.askPlace();
    if (place === upTo || this.#overtaken++ >= MAX_OVERTAKEN) return true;
    await this.#journal.hear(place);
    void this.task.schedule();
    return false;
  }

  /** @param {Doubt} doubt */
  #tell(doubt) {
    if (doubt === this.doubt) return;
    this.doubt = doubt;
    this.#journal.journals.dispatchEvent(new Event("history"));
  }
}

/**
 * The point from which a checked history is folded: the one before its last, so that the last write
 * is looked at again.
 * @param {HistoryRecord} record
 * @returns {import("./history-fold.js").Point | null}
 */
function pointOf({ place, heads }) {
  const before = heads.at(-2);
  if (before) return { place: place - 1, head: before };
  const head = heads.at(-1);
  return head ? { place, head } : null;
}
