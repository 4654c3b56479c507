/**
 * One journal, individual or shared: reading (journal-reader.js), and writing and erasing entries
 * (protocol §9). Runs without a DOM.
 */

import { timestamp } from "../clock.js";
import { makeTag } from "../crypto/author-tag.js";
import { toBase64Url, equal, randomBytes, sha256, fromBase64Url } from "../crypto/bytes.js";
import { aad, fits, sealJson } from "../crypto/envelope.js";
import { ENTRY } from "../net/response-shapes.js";
import { ApiError, NotConnectedError } from "../net/api.js";
import { JournalReader } from "./journal-reader.js";

export { writtenAt } from "./written-at.js";

/**
 * @typedef {{ type: string, at: string, v: 1, [key: string]: any }} Doc
 * @typedef {{
 *   id: string, author: string, mine: boolean, shared: boolean, rev: number, born: number,
 *   place: number, doc: Doc | null, trouble: "" | "cannot-open" | "newer" | "older" | "deleted" |
 * "forged",
 *   waiting?: boolean, witness?: import("./history-fold.js").Point | null,
 * }} Entry
 * @typedef {{ id: string, journal: string, rev: number, box: string, tag?: string, sha256: string
 *    }} Sealed
 */

/** Another device wrote to this entry; both texts are here. */
export class ConflictError extends Error {
  /** @param {Entry | null} current */
  constructor(current) {
    super("conflict");
    this.error = "conflict";
    this.current = current;
  }
}

export class Journal extends JournalReader {
  /**
   * Seal the next revision. Its bytes are made once, and resent unchanged.
   * @param {Record<string, any>} doc without `v`
   * @param {{ id?: string, rev?: number }} [which]
   * @returns {Promise<Sealed>}
   */
  async seal(doc, { id = toBase64Url(randomBytes(16)), rev = 1 } = {}) {
    const { session } = this.journals;
    const fields = this.fields(fromBase64Url(id, 16), session.id, rev);
    const box = await sealJson(this.key, this.kind, fields, await this.#withWitness(doc));
    /** @type {Sealed} */
    const sealed = {
      id,
      journal: toBase64Url(this.id),
      rev,
      box: toBase64Url(box),
      sha256: toBase64Url(await sha256(box)),
    };
    if (this.shared) {
      sealed.tag = toBase64Url(
        await makeTag(session.unlockedKeys.authorTag, aad(this.kind, fields), box),
      );
    }
    return sealed;
  }

  /**
   * Put in what this device has checked of the journal's history (protocol §19), if there is room.
   * What a document says of another journal's, or said earlier, is left out in any case.
   * @param {Record<string, any>} given
   */
  async #withWitness({ chain: _, ...doc }) {
    const chain = await this.history?.witness();
    const whole = { ...doc, chain };
    return chain && fits(this.kind, whole) ? whole : doc;
  }

  /**
   * Send sealed bytes; they are accepted only if the server confirms their hash.
   * @param {Sealed} sealed
   * @returns {Promise<Entry>}
   */
  send(sealed) {
    return this.whileWriting(this.#put(sealed));
  }

  /**
   * @param {Sealed} sealed
   * @returns {Promise<Entry>}
   */
  async #put(sealed) {
    const { rev, box, tag } = sealed;
    const { count } = this.journals.rollbackGuard;
    let kept;
    try {
      kept = await this.journals.api.put(`${this.path}/entries/${sealed.id}`, { rev, box, tag });
    } catch (error) {
      if (error instanceof ApiError && error.error === "conflict") {
        const { current } = error.body;
        throw new ConflictError(ENTRY(current) ? await this.ingest(current, count) : null);
      }
      throw error;
    }
    if (!equal(fromBase64Url(kept.sha256), fromBase64Url(sealed.sha256)))
      throw new NotConnectedError();
    const { born, place } = kept;
    const wire = { ...sealed, author: this.journals.session.account.id, born, place };
    const entry = await this.ingest(wire, count);
    this.advance(place);
    this.dispatchEvent(new Event("changed"));
    return entry;
  }

  /**
   * Write immediately, without the outbox: for small things made with a tap.
   * @param {Record<string, any>} doc
   * @param {{ id?: string, rev?: number }} [options]
   */
  async write(doc, options) {
    return this.send(await this.seal({ at: timestamp(), ...doc }, options));
  }

  /**
   * Erase one of the member's own entries, for every reader.
   * @param {Entry} entry
   */
  async erase(entry) {
    const { api, trash, rollbackGuard } = this.journals;
    const { id } = entry;
    const rev = entry.rev + 1;
    const erasing = async () => {
      const { place } = await api.delete(`${this.path}/entries/${id}`, { rev });
      await rollbackGuard.recordDeletions([{ id, rev, place }]);
      await this.history?.learn({ id, author: entry.author, rev, place });
      this.entries.delete(id); // before the place is one that is known
      this.advance(place);
    };
    await trash.trashThenDelete(this, entry, () => this.whileWriting(erasing()));
    this.dispatchEvent(new Event("changed"));
  }
}
