/**
 * Drafts, encrypted on this device as they are typed (kind 12). A draft is deleted only after the
 * server has confirmed the hash of the entry it became, or when its writer discards it.
 * Dispatches "deleted" when one is, because a list of drafts may be on the screen by then.
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";

// they are resumed on the screens where they were begun
const NOT_LISTED_TYPES = ["answer", "keepsake"];

/**
 * @typedef {{
 *   id: string, rev: number, shared: boolean, space?: string, type: "note" | "letter" | "answer" |
 * "keepsake", to: string, text: string,
 *   more?: Record<string, any>,
 *   feelings: string[], files: any[], at: string,
 *   spoken?: { mime: string, seconds: number, data: string, stamp?: string } | null,
 *   stamp?: string,
 * }} Draft A stamp is random and new with every change, to tell which state of the draft was sent.
 */

export class Drafts extends EventTarget {
  #deviceStore;

  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../session/device-store.js").DeviceStore} deviceStore
   */
  constructor(session, deviceStore) {
    super();
    this.session = session;
    this.#deviceStore = deviceStore;
  }

  /**
   * Whether a saved draft outlives this page.
   * @param {string} id
   */
  isOnDisk(id) {
    if (!this.session.me) return false; // signed out in this very moment
    return this.#deviceStore.isOnDisk("drafts", this.#key(id));
  }

  /**
   * Return the name of the sentence that describes where a draft is stored.
   * @param {string} id
   */
  storageStatus(id) {
    if (this.isOnDisk(id)) return "kept-here";
    return this.#deviceStore.isPersistent ? "not-kept-now" : "not-kept-here";
  }

  /** @param {string} id */
  #key(id) {
    return `${this.session.account.id}.${id}`;
  }

  /** @param {string} id */
  #fields(id) {
    const me = this.session.id;
    return { scopeId: me, recordId: fromBase64Url(id, 16), authorId: me, rev: 0 };
  }

  /**
   * Seal and save, on the disk if that is possible (see `isOnDisk`).
   * @param {Draft} draft
   */
  async save(draft) {
    const fields = this.#fields(draft.id);
    const { active } = this.session.spaces;
    draft.space = draft.shared ? draft.space || (active ? toBase64Url(active.id) : "") : "";
    const box = await sealJson(this.session.unlockedKeys.data, Kind.LOCAL, fields, {
      ...draft,
      kept: draft.type,
      type: "draft",
    });
    await this.#deviceStore.put("drafts", this.#key(draft.id), toBase64Url(box));
  }

  /**
   * Handle the delivery of the entry that a draft became. The draft is deleted, unless it has
   * changed since: then it becomes the draft of the entry's next revision.
   * @param {import("./outbox.js").QueuedEntry} parcel
   * @param {Record<string, any> | null} doc the delivered document
   * @param {Draft | null} open the draft, where this page has it open
   */
  async onDelivered(parcel, doc, open) {
    const draft = open ?? (await this.get(parcel.id));
    if (!draft) return;
    draft.rev = parcel.rev + 1;
    if (draft.spoken?.stamp === parcel.spoken) {
      draft.spoken = null;
      draft.files = doc?.files ?? draft.files;
    }
    if (draft.stamp === parcel.stamp) await this.delete(draft.id);
    else if (this.session.state === "unlocked") await this.save(draft);
  }

  /** @param {string} id */
  async delete(id) {
    await this.#deviceStore.remove("drafts", this.#key(id));
    this.dispatchEvent(new Event("deleted"));
  }

  /**
   * Return this member's unfinished entries on this device, newest first.
   * @returns {Promise<Draft[]>}
   */
  async list() {
    return (await this.all()).filter((draft) => !NOT_LISTED_TYPES.includes(draft.type));
  }

  /**
   * Return these, and drafts of answers and keepsakes.
   * @returns {Promise<Draft[]>}
   */
  async all() {
    const prefix = this.#key("");
    const found = [];
    for (const [key, box] of await this.#deviceStore.entries("drafts")) {
      if (!key.startsWith(prefix)) continue;
      const draft = await this.#decrypt(key.slice(prefix.length), box);
      if (draft) found.push(draft);
    }
    return found.sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
  }

  /**
   * @param {string} id
   * @returns {Promise<Draft | null>}
   */
  async get(id) {
    const box = await this.#deviceStore.get("drafts", this.#key(id));
    return box ? this.#decrypt(id, box) : null;
  }

  /**
   * @param {string} id
   * @param {string} box
   * @returns {Promise<Draft | null>}
   */
  async #decrypt(id, box) {
    try {
      const doc = await openJson(
        this.session.unlockedKeys.data,
        Kind.LOCAL,
        this.#fields(id),
        fromBase64Url(box),
      );
      return /** @type {Draft} */ ({ ...doc, type: doc.kept });
    } catch {
      return null;
    }
  }
}
