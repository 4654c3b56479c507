/**
 * Remembers on this device the partner of every space that it has seen pinned, sealed (kind 12). So
 * a server that hides the partner, names another one, or takes the space back to before it was
 * linked is detected (protocol §7).
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { openJson, sealJson } from "../crypto/envelope.js";
import { Kind } from "../crypto/kinds.js";

const RECORD = new Uint8Array(16).fill(2); // zeros: seen entries; ones: the stored session
const LOCK = "shared-space/spaces"; // two tabs write one record

/**
 * `name` is the partner's, from the pin. `read` holds the warnings about a space that have been
 * read.
 * @typedef {{ partner: string, name: string, ended: boolean }} Remembered
 * @typedef {{ spaces: Map<string, Remembered>, read: string[] }} Memory
 */

export class RememberedSpaces {
  #session;

  /** @param {import("./session-state.js").SessionState} session */
  constructor(session) {
    this.#session = session;
  }

  get #key() {
    return `${this.#session.account.id} spaces`;
  }

  get #fields() {
    const { id } = this.#session;
    return { scopeId: id, recordId: RECORD, authorId: id, rev: 0 };
  }

  /** @returns {Promise<Memory>} */
  async load() {
    const { deviceStore, unlockedKeys } = this.#session;
    try {
      const box = fromBase64Url(await deviceStore.get("seen", this.#key));
      const { spaces, read } = await openJson(unlockedKeys.data, Kind.LOCAL, this.#fields, box);
      return { spaces: new Map(Object.entries(spaces)), read };
    } catch {
      return { spaces: new Map(), read: [] };
    }
  }

  /**
   * Change the record, whatever other pages do meanwhile.
   * @param {(memory: Memory) => boolean} change returns whether anything has changed
   */
  async #update(change) {
    const key = this.#key;
    const fields = this.#fields;
    const session = this.#session;
    const { data } = session.unlockedKeys;
    await navigator.locks.request(LOCK, async () => {
      const memory = await this.load();
      if (!change(memory)) return;
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
   * Record the spaces that are pinned now.
   * @param {import("./space-keys.js").OpenSpace[]} open
   */
  record(open) {
    return this.#update(({ spaces }) => {
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
   * Forget a space that the server no longer mentions.
   * @param {string} id
   */
  remove(id) {
    return this.#update(({ spaces }) => spaces.delete(id));
  }

  /**
   * Record that a warning has been read.
   * @param {string} warning
   */
  markRead(warning) {
    return this.#update(({ read }) => !read.includes(warning) && read.push(warning) > 0);
  }

  /**
   * Forget read warnings that no longer apply, so that they are shown again if they recur.
   * @param {string[]} warnings all warnings that apply
   */
  unmarkRead(warnings) {
    return this.#update((memory) => {
      const before = memory.read;
      memory.read = before.filter((warning) => warnings.includes(warning));
      return memory.read.length < before.length;
    });
  }
}
