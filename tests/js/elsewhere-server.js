/** A server in memory that keeps one person's journal, and a page of theirs. */

import { fromBase64Url, randomBytes, sha256, toBase64Url } from "../../static/js/crypto/bytes.js";
import { accountKeys } from "../../static/js/crypto/keys.js";
import { Journal } from "../../static/js/replica/journal.js";

const id = randomBytes(16);
const keys = await accountKeys(randomBytes(32));

/** What the server has; `puts`: how many attachments it takes before the page is closed. */
export const server = {
  /** @type {Map<string, any>} */
  rows: new Map(),
  /** @type {Map<string, Uint8Array>} */
  boxes: new Map(),
  puts: Infinity,

  reset() {
    this.rows.clear();
    this.boxes.clear();
    this.puts = Infinity;
  },
};

/** The part of the API (docs/protocol.md §16) that an import uses. */
const api = {
  get: async (/** @type {string} */ path) => {
    const after = Number(/after=(\d+)/.exec(path)?.[1]);
    const limit = Number(/limit=(\d+)/.exec(path)?.[1]);
    const entries = [...server.rows.values()].filter((row) => row.place > after).slice(0, limit);
    const place = entries.at(-1)?.place ?? after;
    return { entries, place, more: place < server.rows.size };
  },
  put: async (/** @type {string} */ _, /** @type {any} */ { entries }) => ({
    entries: await Promise.all(entries.map(keep)),
  }),
  putBox: async (/** @type {string} */ path, /** @type {Uint8Array} */ box) => {
    if (!server.puts--) throw new Error("the page was closed");
    server.boxes.set(path.slice(path.lastIndexOf("/") + 1), box);
  },
  getBox: async (/** @type {string} */ path) => ({
    box: server.boxes.get(path.slice(path.lastIndexOf("/") + 1)),
  }),
};

/** @param {any} sealed */
async function keep({ id: entry, rev, box }) {
  const { rows } = server;
  if (rows.has(entry)) return { error: rows.get(entry).gone ? "gone" : "conflict" };
  const place = rows.size + 1;
  rows.set(entry, { id: entry, author: toBase64Url(id), rev, box, born: place, place });
  return { sha256: toBase64Url(await sha256(fromBase64Url(box))) };
}

/** A page that has just been unlocked. */
export function page() {
  const session = {
    id,
    account: { id: toBase64Url(id) },
    unlockedKeys: keys,
    state: "unlocked",
    spaces: { active: null, archives: [] },
  };
  const journals = /** @type {any} */ ({
    session,
    api,
    shared: null,
    archives: [],
    rollbackGuard: { check: async () => "", count: 0 },
  });
  journals.individual = new Journal(journals, {
    id,
    key: keys.data,
    names: keys.names,
    members: [id],
    shared: false,
    writable: true,
  });
  return /** @type {any} */ ({ api, journals, session });
}
