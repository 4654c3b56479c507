/**
 * With whom this device has seen a space pinned, sealed here (kind 12). So a server that forgets
 * the partner, names another one, or takes the space back to before it was linked is noticed
 * (protocol §7).
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";

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
    return `${this.session.account.id} spaces`;
  }

  get fields() {
    const { id } = this.session;
    return { scopeId: id, recordId: RECORD, authorId: id, rev: 0 };
  }

  /** @returns {Promise<Memory>} */
  async load() {
    const { deviceStore, unlockedKeys } = this.session;
    try {
      const box = fromBase64Url(await deviceStore.get("seen", this.key));
      const { spaces, read } = await openJson(unlockedKeys.data, Kind.LOCAL, this.fields, box);
      return { spaces: new Map(Object.entries(spaces)), read };
    } catch {
      return { spaces: new Map(), read: [] };
    }
  }

  /**
   * Change what is remembered, whatever other pages do meanwhile.
   * @param {(memory: Memory) => boolean} how tells whether anything is another than before
   */
  async update(how) {
    const { key, fields, session } = this;
    const { data } = session.unlockedKeys;
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
      const box = await sealJson(data, Kind.LOCAL, fields, doc);
      await session.deviceStore.put("seen", key, toBase64Url(box)).catch(() => {});
    });
  }

  /**
   * These are pinned now.
   * @param {import("./space-keys.js").OpenSpace[]} open
   */
  record(open) {
    return this.update(({ spaces }) => {
      let other = false;
      for (const { id, partner, name, state } of open) {
        const now = { partner: toBase64Url(partner), name, ended: state === "archived" };
        other ||= JSON.stringify(spaces.get(toBase64Url(id))) !== JSON.stringify(now);
        spaces.set(toBase64Url(id), now);
      }
      return other;
    });
  }

  /**
   * Go on without a space of which the server says nothing any more.
   * @param {string} id
   */
  remove(id) {
    return this.update(({ spaces }) => spaces.delete(id));
  }

  /**
   * What was said of a space has been read.
   * @param {string} what
   */
  markRead(what) {
    return this.update(({ read }) => !read.includes(what) && read.push(what) > 0);
  }

  /**
   * What is not said any more is said anew if it comes again.
   * @param {string[]} said all that is
   */
  unmarkRead(said) {
    return this.update((memory) => {
      const before = memory.read;
      memory.read = before.filter((one) => said.includes(one));
      return memory.read.length < before.length;
    });
  }
}
