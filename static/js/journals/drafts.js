/**
 * What is being written, sealed on this device at every pause (kind 12). A draft goes only when
 * the server has echoed the hash of what it became, or when its writer takes it away.
 */

import { b64, unb64 } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";

const LOCAL = 0x12;
const ELSEWHERE = ["answer", "keepsake"]; // found again where they were begun

/**
 * @typedef {{
 *   id: string, rev: number, shared: boolean, space?: string, type: "note" | "letter" | "answer" |
 * "keepsake", to: string, text: string,
 *   more?: Record<string, any>,
 *   feelings: string[], files: any[], at: string,
 *   spoken?: { mime: string, seconds: number, data: string, stamp?: string } | null,
 *   stamp?: string,
 * }} Draft A stamp is random and new with every change, so that it can be told what was sent of it.
 */

export class Drafts {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../session/vault.js").Vault} vault
   */
  constructor(session, vault) {
    this.session = session;
    this.vault = vault;
  }

  /** Whether a draft that this page has kept outlives the page. @param {string} id */
  isOnDisk(id) {
    if (!this.session.me) return false; // signed out in this very moment
    return this.vault.isOnDisk("drafts", this.key(id));
  }

  /** What is true of a draft just now: the name of the sentence that says it. @param {string} id */
  whereKept(id) {
    if (this.isOnDisk(id)) return "kept-here";
    return this.vault.lasting ? "not-kept-now" : "not-kept-here";
  }

  /** @param {string} id */
  key(id) {
    return `${this.session.known.id}.${id}`;
  }

  /** @param {string} id */
  fields(id) {
    const me = this.session.id;
    return { scopeId: me, recordId: unb64(id, 16), authorId: me, rev: 0 };
  }

  /** Seal and keep, on the disk if that is possible (see `isOnDisk`). @param {Draft} draft */
  async keep(draft) {
    const fields = this.fields(draft.id);
    const { active } = this.session.spaces;
    draft.space = draft.shared ? draft.space || (active ? b64(active.id) : "") : "";
    const box = await sealJson(this.session.opened.data, LOCAL, fields, {
      ...draft,
      kept: draft.type,
      type: "draft",
    });
    await this.vault.put("drafts", this.key(draft.id), b64(box));
  }

  /**
   * What a draft became has arrived. It goes, unless more was written since: then it is the
   * beginning of the entry's next revision.
   * @param {import("./outbox.js").Parcel} parcel
   * @param {Record<string, any> | null} doc what arrived
   * @param {Draft | null} open the draft, where this page has it open
   */
  async arrived(parcel, doc, open) {
    const draft = open ?? (await this.get(parcel.id));
    if (!draft) return;
    draft.rev = parcel.rev + 1;
    if (draft.spoken?.stamp === parcel.spoken) {
      draft.spoken = null;
      draft.files = doc?.files ?? draft.files;
    }
    if (draft.stamp === parcel.stamp) await this.drop(draft.id);
    else if (this.session.state === "open") await this.keep(draft);
  }

  /** @param {string} id */
  async drop(id) {
    await this.vault.remove("drafts", this.key(id));
  }

  /**
   * Pages that are not finished, of this member on this device, newest first.
   * @returns {Promise<Draft[]>}
   */
  async list() {
    return (await this.all()).filter((draft) => !ELSEWHERE.includes(draft.type));
  }

  /** Those, answers and words for keepsakes. @returns {Promise<Draft[]>} */
  async all() {
    const prefix = this.key("");
    const found = [];
    for (const [key, box] of await this.vault.entries("drafts")) {
      if (!key.startsWith(prefix)) continue;
      const draft = await this.open(key.slice(prefix.length), box);
      if (draft) found.push(draft);
    }
    return found.sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
  }

  /** @param {string} id @returns {Promise<Draft | null>} */
  async get(id) {
    const box = await this.vault.get("drafts", this.key(id));
    return box ? this.open(id, box) : null;
  }

  /** @param {string} id @param {string} box @returns {Promise<Draft | null>} */
  async open(id, box) {
    try {
      const doc = await openJson(this.session.opened.data, LOCAL, this.fields(id), unb64(box));
      return /** @type {Draft} */ ({ ...doc, type: doc.kept });
    } catch {
      return null;
    }
  }
}
