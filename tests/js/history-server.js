/** A server in memory that keeps a journal and its history, and two people's devices. */

import { randomBytes, toBase64Url } from "../../static/js/crypto/bytes.js";
import { accountKeys } from "../../static/js/crypto/keys.js";
import { ApiError } from "../../static/js/net/api.js";
import { HistoryRecords } from "../../static/js/replica/history-records.js";
import { JournalHistory } from "../../static/js/replica/journal-history.js";
import { Journal } from "../../static/js/replica/journal.js";
import { RollbackGuard } from "../../static/js/replica/rollback-guard.js";

/** @type {any} */ (globalThis).window = globalThis;
Object.defineProperty(globalThis, "navigator", {
  configurable: true,
  value: { locks: { request: async (/** @type {any} */ _, /** @type {any} */ work) => work() } },
});

const space = randomBytes(16);
const spaceKeys = await accountKeys(randomBytes(32));

/** A server whose rows a test may change or hide, as a dishonest one would. */
export class HistoryServer {
  place = 0;
  start = 0;
  keepsHistory = true;
  /** @type {Map<string, any>} */
  rows = new Map();
  /** @type {any[]} */
  superseded = [];
  /**
   * The requests that came.
   * @type {string[]}
   */
  asked = [];

  /** An equal server from which this one's later writes are missing, as after a restore. */
  copy() {
    const other = new HistoryServer();
    const { place, start, rows, superseded } = this;
    Object.assign(other, { place, start, rows: new Map(rows), superseded: [...superseded] });
    return other;
  }

  /**
   * The API as one member sees it.
   * @param {string} author
   */
  for(author) {
    return {
      get: async (/** @type {string} */ path) => this.#get(path),
      put: async (/** @type {string} */ path, /** @type {any} */ body) =>
        this.#write(author, path.split("/").at(-1) ?? "", body),
      delete: async (/** @type {string} */ path, /** @type {any} */ { rev }) =>
        this.#write(author, path.split("/").at(-1) ?? "", { rev, gone: true }),
    };
  }

  /** @param {string} path */
  #get(path) {
    const [address = "", query] = path.split("?");
    this.asked.push(address.split("/").at(-1) ?? "");
    const wanted = new URLSearchParams(query);
    const after = Number(wanted.get("after") ?? 0);
    const rows = [...this.rows.values()];
    const inOrder = (/** @type {any[]} */ list) => list.sort((a, b) => a.place - b.place);
    const { place, start } = this;
    if (address.endsWith("/history")) {
      if (!this.keepsHistory) throw new ApiError(404, { error: "not_found" }, 0);
      const gone = [...this.superseded, ...rows.filter((row) => row.gone)];
      const from = Math.max(after, start);
      const writes = inOrder(gone.filter((one) => one.place > from));
      return { start, writes, place, more: false };
    }
    if (address.endsWith("/changes")) {
      const entries = inOrder(rows.filter((row) => row.place > after));
      return { entries, place: entries.at(-1)?.place ?? after, more: false };
    }
    const before = Number(wanted.get("before") ?? Infinity);
    const all = rows.filter((row) => !row.gone && row.born < before);
    const limit = Number(wanted.get("limit"));
    return { entries: all.sort((a, b) => b.born - a.born).slice(0, limit), place };
  }

  /**
   * @param {string} author
   * @param {string} id
   * @param {{ rev: number, box?: string, tag?: string, gone?: boolean }} body
   */
  async #write(author, id, { rev, box, tag, gone }) {
    const place = ++this.place;
    const old = this.rows.get(id);
    const row = { id, author, rev, place, born: old?.born ?? place };
    this.rows.set(id, gone ? { ...row, gone } : { ...row, box, tag });
    if (old) {
      const { rev: was, place: at } = old;
      const sha256 = await hashOf(old.box);
      this.superseded.push({ id, author, rev: was, place: at, sha256 });
    }
    return { sha256: await hashOf(box ?? ""), place, born: row.born };
  }
}

/** @param {string} box */
async function hashOf(box) {
  const bytes = new Uint8Array(Buffer.from(box, "base64url"));
  return toBase64Url(new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)));
}

/** One person's device: what it stores stays between its pages. */
export class Device {
  /** @type {Map<string, any>} */
  stored = new Map();
  id = randomBytes(16);
  keys = accountKeys(randomBytes(32));

  get name() {
    return toBase64Url(this.id);
  }

  /** Another device of the same person. */
  another() {
    const other = new Device();
    other.id = this.id;
    other.keys = this.keys;
    return other;
  }

  /**
   * A page of the shared journal that has just been unlocked, and read to its end.
   * @param {HistoryServer} server
   */
  async page(server) {
    const page = await this.unlock(server);
    await page.journal.open();
    await settled(page.journal);
    return page;
  }

  /**
   * A page of the shared journal that has asked for nothing so far.
   * @param {HistoryServer} server
   */
  async unlock(server) {
    const unlockedKeys = await this.keys;
    const session = { id: this.id, account: { id: this.name }, unlockedKeys, state: "unlocked" };
    const deviceStore = {
      get: async (/** @type {string} */ _, /** @type {string} */ key) => this.stored.get(key),
      put: async (/** @type {string} */ _, /** @type {string} */ key, /** @type {any} */ value) =>
        !!this.stored.set(key, value),
    };
    const given = /** @type {any[]} */ ([session, deviceStore]);
    const home = Object.assign(new EventTarget(), {
      session,
      rollbackGuard: new RollbackGuard(given[0], given[1]),
      api: server.for(this.name),
      holds: () => true,
      trash: {
        trashThenDelete: (/** @type {any} */ _, /** @type {any} */ __, /** @type {any} */ now) =>
          now(),
      },
    });
    const journal = new Journal(/** @type {any} */ (home), {
      id: space,
      key: spaceKeys.data,
      names: spaceKeys.names,
      members: [this.id],
      shared: true,
      writable: true,
    });
    const history = new JournalHistory(journal, new HistoryRecords(given[0], given[1]));
    journal.history = history;
    return { journal, history };
  }
}

/**
 * Wait for everything that a journal does in idle time.
 * @param {Journal} journal
 */
export async function settled(journal) {
  const tasks = [journal.fillTask, journal.history?.task];
  while (tasks.some((task) => task?.isRunning)) for (const task of tasks) await task?.idle();
}

/** @param {string} text */
export function note(text) {
  return { type: "note", at: "2026-11-25T12:00:00Z", text };
}
