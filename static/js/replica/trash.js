/**
 * Entries that were deleted on this device, sealed and kept for a day with their files, for
 * "Restore".
 */

import { clock } from "../clock.js";
import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { NotConnectedError } from "../net/api.js";
import { openFile, sealFile } from "./attachments.js";
import { Kind } from "../crypto/kinds.js";

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * @typedef {import("./attachments.js").FileNote} FileNote
 * @typedef {{ id: string, shared: boolean, doc: any, files: Record<string, string> }} TrashedEntry
 *   `files` holds the bytes of the entry's files, by their ids
 */

export class Trash {
  #journals;
  #session;
  #deviceStore;

  /**
   * @param {import("./journals.js").Journals} home
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   */
  constructor(home, deviceStore) {
    this.#journals = home;
    this.#session = home.session;
    this.#deviceStore = deviceStore;
  }

  /** @param {string} id */
  #fields(id) {
    const me = this.#session.id;
    return { scopeId: me, recordId: fromBase64Url(id, 16), authorId: me, rev: 0 };
  }

  /**
   * Add an entry before it is erased. Its files are erased with it, so they are fetched first.
   * @param {import("./journal.js").Journal} journal
   * @param {import("./journal.js").Entry} entry
   */
  async #add(journal, entry) {
    if (!entry.doc) return;
    /** @type {Record<string, string>} */
    const files = {};
    for (const note of /** @type {FileNote[]} */ (entry.doc.files ?? [])) {
      const blob = await openFile(journal, entry, note).catch((error) => {
        if (error instanceof NotConnectedError) throw error;
        return null; // an undecryptable file must not prevent the entry from being added
      });
      if (blob) files[note.id] = toBase64Url(new Uint8Array(await blob.arrayBuffer()));
    }
    const at = clock.date.toISOString();
    const where = { shared: journal.shared, space: toBase64Url(journal.id) };
    const doc = { type: "removed", at, ...where, doc: entry.doc, files };
    const box = await sealJson(
      this.#session.unlockedKeys.data,
      Kind.LOCAL,
      this.#fields(entry.id),
      doc,
    );
    await this.#deviceStore.put(
      "removed",
      `${this.#session.account.id}.${entry.id}`,
      toBase64Url(box),
    );
  }

  /**
   * Erase an entry, and keep it in the trash if that succeeded.
   * @param {import("./journal.js").Journal} journal
   * @param {import("./journal.js").Entry} entry
   * @param {() => Promise<unknown>} erase
   */
  async trashThenDelete(journal, entry, erase) {
    await this.#add(journal, entry);
    try {
      await erase();
    } catch (error) {
      await this.#purge(entry.id); // the entry still exists, so there is nothing to restore
      throw error;
    }
  }

  /**
   * Return the entries that can be restored, newest first.
   * @returns {Promise<TrashedEntry[]>}
   */
  async list() {
    const prefix = `${this.#session.account.id}.`;
    const found = [];
    for (const [key, box] of await this.#deviceStore.entries("removed")) {
      if (!key.startsWith(prefix)) continue;
      const id = key.slice(prefix.length);
      try {
        const kept = await openJson(
          this.#session.unlockedKeys.data,
          Kind.LOCAL,
          this.#fields(id),
          fromBase64Url(box),
        );
        const { active } = this.#session.spaces;
        const shared = kept.shared && active !== null && toBase64Url(active.id) === kept.space;
        const { doc, files = {} } = kept;
        if (clock.time - Date.parse(kept.at) < DAY_MS) found.push({ id, shared, doc, files });
        else await this.#deviceStore.remove("removed", key);
      } catch {
        await this.#deviceStore.remove("removed", key);
      }
    }
    return found;
  }

  /**
   * Return the files of a deleted entry, sealed for another entry; none if this device has none.
   * @param {string} was
   * @param {import("./journal.js").Journal} journal
   * @param {string} id the id of the other entry
   */
  async filesFor(was, journal, id) {
    const trashed = (await this.list()).find((trashed) => trashed.id === was);
    return this.#sealFiles(trashed?.doc.files ?? [], trashed?.files ?? {}, journal, id);
  }

  /**
   * @param {FileNote[]} fileNotes
   * @param {Record<string, string>} files
   * @param {import("./journal.js").Journal} journal
   * @param {string} id
   */
  async #sealFiles(fileNotes, files, journal, id) {
    const kept = fileNotes.filter((note) => files[note.id]);
    const sealed = await Promise.all(
      kept.map(({ id: file, sha256: _, ...about }) =>
        sealFile(journal, id, fromBase64Url(files[file] ?? ""), about),
      ),
    );
    return { notes: sealed.map(({ note }) => note), parcels: sealed.map(({ parcel }) => parcel) };
  }

  /**
   * Write the entry anew to its journal, with its files.
   * @param {TrashedEntry} gone
   * @returns {Promise<{ id: string, waits: unknown }>}
   */
  async restore({ id: was, shared, doc, files }) {
    const journals = this.#journals;
    const journal = (shared ? journals.shared : null) ?? journals.individual;
    const id = toBase64Url(randomBytes(16));
    const { notes, parcels } = await this.#sealFiles(doc.files ?? [], files, journal, id);
    const entry = await journal.seal({ ...doc, files: notes }, { id });
    const waits = await journals.outbox.sendNow(entry, parcels);
    await this.#purge(was);
    // a render in between still listed it as deleted
    journal.dispatchEvent(new Event("changed"));
    return { id, waits };
  }

  /** @param {string} id */
  async #purge(id) {
    await this.#deviceStore.remove("removed", `${this.#session.account.id}.${id}`);
  }
}
