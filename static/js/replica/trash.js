/** What was deleted on this device, sealed and kept for a day with its files, for "Restore". */

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
 *   `files` holds the bytes behind the entry's files, by their ids
 */

export class Trash {
  /**
   * @param {import("./journals.js").Journals} home
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   */
  constructor(home, deviceStore) {
    this.journals = home;
    this.session = home.session;
    this.deviceStore = deviceStore;
  }

  /** @param {string} id */
  fields(id) {
    const me = this.session.id;
    return { scopeId: me, recordId: fromBase64Url(id, 16), authorId: me, rev: 0 };
  }

  /**
   * Keep an entry before it is erased; its files go with it, so they are fetched first.
   * @param {import("./journal.js").Journal} journal
   * @param {import("./journal.js").Entry} entry
   */
  async add(journal, entry) {
    if (!entry.doc) return;
    /** @type {Record<string, string>} */
    const files = {};
    for (const note of /** @type {FileNote[]} */ (entry.doc.files ?? [])) {
      const blob = await openFile(journal, entry, note).catch((error) => {
        if (error instanceof NotConnectedError) throw error;
        return null; // a file that does not open must not keep its entry here
      });
      if (blob) files[note.id] = toBase64Url(new Uint8Array(await blob.arrayBuffer()));
    }
    const at = clock.date.toISOString();
    const where = { shared: journal.shared, space: toBase64Url(journal.id) };
    const doc = { type: "removed", at, ...where, doc: entry.doc, files };
    const box = await sealJson(
      this.session.unlockedKeys.data,
      Kind.LOCAL,
      this.fields(entry.id),
      doc,
    );
    await this.deviceStore.put(
      "removed",
      `${this.session.account.id}.${entry.id}`,
      toBase64Url(box),
    );
  }

  /**
   * Erase an entry, and keep it here if that went well.
   * @param {import("./journal.js").Journal} journal
   * @param {import("./journal.js").Entry} entry
   * @param {() => Promise<unknown>} erase
   */
  async trashThenDelete(journal, entry, erase) {
    await this.add(journal, entry);
    try {
      await erase();
    } catch (error) {
      await this.purge(entry.id); // it is still there, so there is nothing to bring back
      throw error;
    }
  }

  /**
   * What can still be brought back, newest first.
   * @returns {Promise<TrashedEntry[]>}
   */
  async list() {
    const prefix = `${this.session.account.id}.`;
    const found = [];
    for (const [key, box] of await this.deviceStore.entries("removed")) {
      if (!key.startsWith(prefix)) continue;
      const id = key.slice(prefix.length);
      try {
        const kept = await openJson(
          this.session.unlockedKeys.data,
          Kind.LOCAL,
          this.fields(id),
          fromBase64Url(box),
        );
        const { active } = this.session.spaces;
        const shared = kept.shared && active !== null && toBase64Url(active.id) === kept.space;
        const { doc, files = {} } = kept;
        if (clock.time - Date.parse(kept.at) < DAY_MS) found.push({ id, shared, doc, files });
        else await this.deviceStore.remove("removed", key);
      } catch {
        await this.deviceStore.remove("removed", key);
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
  async filesFor(was, journal, id) {
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
        sealFile(journal, id, fromBase64Url(files[file] ?? ""), about),
      ),
    );
    return { notes: sealed.map(({ note }) => note), parcels: sealed.map(({ parcel }) => parcel) };
  }

  /**
   * Write it anew where it was, with its files.
   * @param {TrashedEntry} gone
   * @returns {Promise<{ id: string, waits: unknown }>}
   */
  async restore({ id: was, shared, doc, files }) {
    const { journals } = this;
    const journal = (shared ? journals.shared : null) ?? journals.individual;
    const id = toBase64Url(randomBytes(16));
    const { notes, parcels } = await this.sealFiles(doc.files ?? [], files, journal, id);
    const entry = await journal.seal({ ...doc, files: notes }, { id });
    const waits = await journals.outbox.sendNow(entry, parcels);
    await this.purge(was);
    // who drew meanwhile still saw it among the deleted
    journal.dispatchEvent(new Event("changed"));
    return { id, waits };
  }

  /** @param {string} id */
  async purge(id) {
    await this.deviceStore.remove("removed", `${this.session.account.id}.${id}`);
  }
}
