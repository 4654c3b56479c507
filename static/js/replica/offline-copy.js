/**
 * A copy of a few entries on this device, so that they can be read without a connection. It is
 * sealed (kind 12) and stored beside the keys of "stay signed in": only with them can this device
 * open anything without the server, and with them it is deleted, on locking, signing out and
 * forgetting the device. Runs without a DOM.
 */

import { timestamp } from "../clock.js";
import { CoalescedTask } from "../coalesced-task.js";
import { fromBase64Url, toBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";
import { namedId } from "../crypto/named.js";

const KEY = "copy"; // in the store of the keys
const RECORD = new Uint8Array(16).fill(2); // 0 is that of seen entries, 1 that of the last /me

/**
 * Entries by the id of their journal.
 * @typedef {Record<string, import("./journal.js").Entry[]>} Copied
 */

export class OfflineCopy {
  #journals;
  #names;
  #stop;

  /**
   * @param {import("./journals.js").Journals} journals
   * @param {string[]} names the entries that are copied, from which their ids are derived
   */
  constructor(journals, names) {
    this.#journals = journals;
    this.#names = names;
    this.saveTask = new CoalescedTask(() => this.#save());
    this.#stop = () => {};
    /** Resolves when what is needed of the copy is in the journals. */
    this.restored = Promise.resolve();
    journals.addEventListener("journals-changed", () => this.#watch());
    this.#watch();
  }

  get #session() {
    return this.#journals.session;
  }

  #watch() {
    this.#stop();
    this.#stop = () => {};
    if (this.#session.state !== "unlocked") return;
    this.#stop = this.#journals.onChange(() => void this.saveTask.schedule());
    this.restored = this.#restore().catch(() => {});
    void this.restored.then(() => this.saveTask.schedule());
  }

  get #fields() {
    const { id } = this.#session;
    return { scopeId: id, recordId: RECORD, authorId: id, rev: 0 };
  }

  /** @returns {Promise<Copied>} nothing if there is no copy that these keys open */
  async #load() {
    try {
      const box = fromBase64Url(await this.#journals.deviceStore.get("keys", KEY));
      const { data } = this.#session.unlockedKeys;
      return (await openJson(data, Kind.LOCAL, this.#fields, box)).entries;
    } catch {
      return {};
    }
  }

  /** Put the copied entries into each journal that the server cannot be asked for. */
  async #restore() {
    const copied = await this.#load();
    const restoring = this.#journals.writable.map(async (journal) => {
      const reached =
        !this.#session.offline &&
        (await journal.open().then(
          () => true,
          () => false,
        ));
      if (reached || !this.#journals.holds(journal)) return;
      for (const entry of copied[toBase64Url(journal.id)] ?? []) {
        if (!journal.entries.has(entry.id)) journal.entries.set(entry.id, entry);
      }
    });
    await Promise.all(restoring);
  }

  /** Save the current state, if this device stays signed in. */
  async #save() {
    const session = this.#session;
    const { deviceStore } = this.#journals;
    if (session.state !== "unlocked" || !(await session.staysOpen())) return;
    const { data } = session.unlockedKeys;
    const fields = this.#fields;
    const before = await this.#load();
    const entries = await this.#collect(before);
    if (JSON.stringify(entries) === JSON.stringify(before)) return;
    const doc = { type: "copy", at: timestamp(), entries };
    const box = toBase64Url(await sealJson(data, Kind.LOCAL, fields, doc));
    if (session.state === "unlocked") await deviceStore.put("keys", KEY, box);
    // the session may have ended meanwhile, and nothing may be left of it
    if (!(await session.staysOpen())) await deviceStore.remove("keys", KEY);
  }

  /**
   * Return the entries as they are known now. Those of a journal that is not completely here stay
   * as they were; those of a journal that is no longer the member's are left out.
   * @param {Copied} before
   * @returns {Promise<Copied>}
   */
  async #collect(before) {
    /** @type {Copied} */
    const found = {};
    for (const journal of this.#journals.writable) {
      const id = toBase64Url(journal.id);
      const ids = await Promise.all(
        journal.members.flatMap((member) =>
          this.#names.map(async (name) => toBase64Url(await namedId(journal.names, member, name))),
        ),
      );
      const known = ids.map((id) => journal.entries.get(id)).filter((entry) => entry !== undefined);
      const earlier = (before[id] ?? []).filter(
        (entry) => !known.some((now) => now.id === entry.id),
      );
      const all = [...known, ...(journal.complete ? [] : earlier)];
      if (all.length) found[id] = all;
    }
    return found;
  }
}
