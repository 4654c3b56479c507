/** What was deleted on this device, sealed and kept for a day with its files, for "Restore". */

import { clock } from "../clock.js";
import { b64, randomBytes, unb64 } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { NotConnected } from "../net/api.js";
import { openFile, sealFile } from "./files.js";

const LOCAL = 0x12;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @typedef {import("./files.js").FileNote} FileNote
 * @typedef {{ id: string, shared: boolean, doc: any, files: Record<string, string> }} Gone
 *   `files` holds the bytes behind the entry's files, by their ids
 */

export class Removed {
  /**
   * @param {import("./journals.js").Journals} home
   * @param {import("../session/vault.js").Vault} vault
   */
  constructor(home, vault) {
    this.home = home;
    this.session = home.session;
    this.vault = vault;
  }

  /** @param {string} id */
  fields(id) {
    const me = this.session.id;
    return { scopeId: me, recordId: unb64(id, 16), authorId: me, rev: 0 };
  }

  /**
   * Keep an entry before it is erased; its files go with it, so they are fetched first.
   * @param {import("./journal.js").Journal} journal
   * @param {import("./journal.js").Entry} entry
   */
  async keep(journal, entry) {
    if (!entry.doc) return;
    /** @type {Record<string, string>} */
    const files = {};
    for (const note of /** @type {FileNote[]} */ (entry.doc.files ?? [])) {
      const blob = await openFile(journal, entry, note).catch((error) => {
        if (error instanceof NotConnected) throw error;
        return null; // a file that does not open must not keep its entry here
      });
      if (blob) files[note.id] = b64(new Uint8Array(await blob.arrayBuffer()));
    }
    const at = clock.date.toISOString();
    const where = { shared: journal.shared, space: b64(journal.id) };
    const doc = { type: "removed", at, ...where, doc: entry.doc, files };
    const box = await sealJson(this.session.opened.data, LOCAL, this.fields(entry.id), doc);
    await this.vault.put("removed", `${this.session.known.id}.${entry.id}`, b64(box));
  }

  /**
   * Erase an entry, and keep it here if that went well.
   * @param {import("./journal.js").Journal} journal
   * @param {import("./journal.js").Entry} entry
   * @param {() => Promise<unknown>} erase
   */
  async keepWhile(journal, entry, erase) {
    await this.keep(journal, entry);
    try {
      await erase();
    } catch (error) {
      await this.drop(entry.id); // it is still there, so there is nothing to bring back
      throw error;
    }
  }

  /** What can still be brought back, newest first. @returns {Promise<Gone[]>} */
  async list() {
    const prefix = `${this.session.known.id}.`;
    const found = [];
    for (const [key, box] of await this.vault.entries("removed")) {
      if (!key.startsWith(prefix)) continue;
      const id = key.slice(prefix.length);
      try {
        const kept = await openJson(this.session.opened.data, LOCAL, this.fields(id), unb64(box));
        const { active } = this.session.spaces;
        const shared = kept.shared && active !== null && b64(active.id) === kept.space;
        const { doc, files = {} } = kept;
        if (clock.time - Date.parse(kept.at) < DAY_MS) found.push({ id, shared, doc, files });
        else await this.vault.remove("removed", key);
      } catch {
        await this.vault.remove("removed", key);
      }
    }
    return found;
  }

  /**
   * The files of what was deleted, sealed for another entry; none where this device has none.
   * @param {string} was
   * @param {import("./journal.js").Journal} journal
   * @param {string} id the other entry's
   */
  async filesOf(was, journal, id) {
    const gone = (await this.list()).find((one) => one.id === was);
    return this.sealFiles(gone?.doc.files ?? [], gone?.files ?? {}, journal, id);
  }

  /**
   * @param {FileNote[]} told
   * @param {Record<string, string>} files
   * @param {import("./journal.js").Journal} journal
   * @param {string} id
   */
  async sealFiles(told, files, journal, id) {
    const kept = told.filter((note) => files[note.id]);
    const sealed = await Promise.all(
      kept.map(({ id: file, sha256: _, ...about }) =>
        sealFile(journal, id, unb64(files[file] ?? ""), about),
      ),
    );
    return { notes: sealed.map(({ note }) => note), parcels: sealed.map(({ parcel }) => parcel) };
  }

  /**
   * Write it anew where it was, with its files.
   * @param {Gone} gone
   * @returns {Promise<{ id: string, waits: unknown }>}
   */
  async bringBack({ id: was, shared, doc, files }) {
    const { home } = this;
    const journal = (shared ? home.shared : null) ?? home.individual;
    const id = b64(randomBytes(16));
    const { notes, parcels } = await this.sealFiles(doc.files ?? [], files, journal, id);
    const entry = await journal.seal({ ...doc, files: notes }, { id });
    const waits = await home.outbox.post(entry, parcels);
    await this.drop(was);
    // who drew meanwhile still saw it among the deleted
    journal.dispatchEvent(new Event("changed"));
    return { id, waits };
  }

  /** @param {string} id */
  async drop(id) {
    await this.vault.remove("removed", `${this.session.known.id}.${id}`);
  }
}
