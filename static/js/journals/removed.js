/** What was deleted on this device, sealed and kept for a day, for "bring it back". */

import { b64, unb64 } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";

const LOCAL = 0x12;
const DAY_MS = 24 * 60 * 60 * 1000;

export class Removed {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../session/vault.js").Vault} vault
   */
  constructor(session, vault) {
    this.session = session;
    this.vault = vault;
  }

  /** @param {string} id */
  fields(id) {
    const me = this.session.id;
    return { scopeId: me, recordId: unb64(id, 16), authorId: me, rev: 0 };
  }

  /** @param {import("./journal.js").Journal} journal @param {import("./journal.js").Entry} entry */
  async keep(journal, entry) {
    if (!entry.doc) return;
    const at = new Date().toISOString();
    const doc = { type: "removed", at, shared: journal.shared, space: b64(journal.id), doc: entry.doc };
    const box = await sealJson(this.session.opened.data, LOCAL, this.fields(entry.id), doc);
    await this.vault.put("removed", `${this.session.known.id}.${entry.id}`, b64(box)).catch(() => {});
  }

  /** What can still be brought back, newest first. @returns {Promise<{ id: string, shared: boolean, doc: any }[]>} */
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
        if (Date.now() - Date.parse(kept.at) < DAY_MS) found.push({ id, shared, doc: kept.doc });
        else await this.vault.remove("removed", key);
      } catch {
        await this.vault.remove("removed", key);
      }
    }
    return found;
  }

  /** @param {string} id */
  async drop(id) {
    await this.vault.remove("removed", `${this.session.known.id}.${id}`);
  }
}
