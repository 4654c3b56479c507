/**
 * With whom this device has seen a space pinned, sealed here (kind 12). So a server that forgets
 * the partner, names another one, or takes the space back to before it was linked is noticed
 * (protocol §7).
 */

import { b64, unb64 } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";

const LOCAL = 0x12;
const RECORD = new Uint8Array(16).fill(2); // all zeros is what was seen of entries, all ones *me*
const LOCK = "shared-space/spaces"; // two tabs write one record

/**
 * `name` is the partner's, from the pin. `read` holds what was said of a space and has been read.
 * @typedef {{ partner: string, name: string, ended: boolean }} Remembered
 * @typedef {{ spaces: Map<string, Remembered>, read: string[] }} Memory
 */

export class RememberedSpaces {
  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.session = session;
  }

  get key() {
    return `${this.session.known.id} spaces`;
  }

  get fields() {
    const { id } = this.session;
    return { scopeId: id, recordId: RECORD, authorId: id, rev: 0 };
  }

  /** @returns {Promise<Memory>} */
  async load() {
    const { vault, opened } = this.session;
    try {
      const box = unb64(await vault.get("seen", this.key));
      const { spaces, read } = await openJson(opened.data, LOCAL, this.fields, box);
      return { spaces: new Map(Object.entries(spaces)), read };
    } catch {
      return { spaces: new Map(), read: [] };
    }
  }

  /**
   * Change what is remembered, whatever other pages do meanwhile.
   * @param {(memory: Memory) => boolean} how tells whether anything is another than before
   */
  async change(how) {
    const { key, fields, session } = this;
    const { data } = session.opened;
    await navigator.locks.request(LOCK, async () => {
      const memory = await this.load();
      if (!how(memory)) return;
      const { spaces, read } = memory;
      const doc = {
        type: "spaces",
        at: new Date().toISOString(),
        spaces: Object.fromEntries(spaces),
        read,
      };
      const box = await sealJson(data, LOCAL, fields, doc);
      await session.vault.put("seen", key, b64(box)).catch(() => {});
    });
  }

  /** These are pinned now. @param {import("./space-keys.js").OpenSpace[]} open */
  learn(open) {
    return this.change(({ spaces }) => {
      let other = false;
      for (const { id, partner, name, state } of open) {
        const now = { partner: b64(partner), name, ended: state === "archived" };
        other ||= JSON.stringify(spaces.get(b64(id))) !== JSON.stringify(now);
        spaces.set(b64(id), now);
      }
      return other;
    });
  }

  /** Go on without a space of which the server says nothing any more. @param {string} id */
  forget(id) {
    return this.change(({ spaces }) => spaces.delete(id));
  }

  /** What was said of a space has been read. @param {string} what */
  read(what) {
    return this.change(({ read }) => !read.includes(what) && read.push(what) > 0);
  }

  /**
   * What is not said any more is said anew if it comes again.
   * @param {string[]} said all that is
   */
  readNoMore(said) {
    return this.change((memory) => {
      const before = memory.read;
      memory.read = before.filter((one) => said.includes(one));
      return memory.read.length < before.length;
    });
  }
}
