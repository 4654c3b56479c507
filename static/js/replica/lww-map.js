/**
 * A last-writer-wins map (a CRDT), called a *thing* in protocol §9: a list, a tree, a ritual. Each
 * member writes a record of their own under one name, and readers merge the records item by item by
 * timestamp; removed items stay as tombstones (`struck`). Concurrent changes to different items
 * are all kept. Runs without a DOM.
 */

import { clock } from "../clock.js";
import { toBase64Url, randomBytes } from "../crypto/bytes.js";
import { namedId } from "../crypto/named.js";
import { ConflictError } from "./journal.js";

/**
 * A member's last write of an item: its fields, its time, and since when it exists;
 * `struck`: removed.
 * @typedef {{ at: string, since: string, struck?: true, [key: string]: any }} ItemValue
 * The merged item, with the author of its last write.
 * @typedef {ItemValue & { id: string, author: string }} Item
 */

const TRIES = 3;

export class LwwMap {
  #type;
  #name;
  #ids;

  /**
   * @param {import("./journal.js").Journal} journal
   * @param {string} type the `type` inside the box
   * @param {string} name the `thing` inside the box, the same for both
   * @param {string[]} ids the records of the journal's members, the signed-in one first
   */
  constructor(journal, type, name, ids) {
    this.journal = journal;
    this.#type = type;
    this.#name = name;
    this.#ids = ids;
  }

  /**
   * Return the map of a name, as far as it is known here.
   * @param {import("./journal.js").Journal} journal
   * @param {string} type
   * @param {string} name
   */
  static async locate(journal, type, name) {
    const named = (/** @type {Uint8Array} */ author) =>
      namedId(journal.names, author, `${type}/${name}`);
    const ids = (await Promise.all(journal.members.map(named))).map(toBase64Url);
    return new LwwMap(journal, type, name, ids);
  }

  /**
   * Return the map of a name in its current state.
   * @param {import("./journal.js").Journal} journal
   * @param {string} type
   * @param {string} name
   */
  static async fetch(journal, type, name) {
    const map = await LwwMap.locate(journal, type, name);
    await map.refresh();
    return map;
  }

  /** Load the current state. */
  async refresh() {
    await Promise.all(this.#ids.map((id) => this.journal.find(id)));
  }

  /** @returns {import("./journal.js").Entry[]} */
  get records() {
    return this.#ids
      .map((id) => this.journal.entries.get(id))
      .filter((entry) => entry !== undefined)
      .filter(({ doc }) => doc?.type === this.#type && doc.thing === this.#name);
  }

  /**
   * The items that are not removed, in the order in which they were added.
   * @returns {Item[]}
   */
  get items() {
    return [...mergeRecords(this.records).values()]
      .filter((item) => !item.struck)
      .sort((a, b) => Date.parse(a.since) - Date.parse(b.since) || (a.id < b.id ? -1 : 1));
  }

  /**
   * Write an item; a new one if no id is given.
   * @param {Record<string, any>} fields
   * @param {string} [id]
   * @returns {Promise<string>} the item's id
   */
  async set(fields, id = toBase64Url(randomBytes(16))) {
    const known = mergeRecords(this.records).get(id);
    const at = laterThan(known?.at);
    await this.writeOwn({ [id]: { ...fields, since: known?.since ?? at, at } });
    return id;
  }

  /**
   * Remove an item with a tombstone; the partner's record stays unchanged.
   * @param {string} id
   */
  async remove(id) {
    const known = mergeRecords(this.records).get(id);
    if (!known) return;
    await this.writeOwn({ [id]: { since: known.since, at: laterThan(known.at), struck: true } });
  }

  /**
   * Write the next revision of the member's own record.
   * @param {Record<string, ItemValue>} items
   */
  async writeOwn(items) {
    const id = this.#ids[0] ?? "";
    for (let tries = 1; ; tries++) {
      const own = this.journal.entries.get(id);
      const doc = { type: this.#type, thing: this.#name, items: { ...own?.doc?.items, ...items } };
      try {
        await this.journal.write(doc, { id, rev: (own?.rev ?? 0) + 1 });
        return;
      } catch (error) {
        if (!(error instanceof ConflictError) || tries === TRIES) throw error;
        await this.refresh(); // another device of this member wrote first; both writes are merged
      }
    }
  }
}

/**
 * Merge the items of all records, the last write of each, tombstones included.
 * @param {{ doc: Record<string, any> | null, author: string }[]} parts
 * @returns {Map<string, Item>}
 */
export function mergeRecords(parts) {
  /** @type {Map<string, Item>} */
  const items = new Map();
  for (const { doc, author } of parts) {
    for (const [id, item] of Object.entries(
      /** @type {Record<string, ItemValue>} */ (doc?.items ?? {}),
    )) {
      const before = items.get(id);
      if (before && Date.parse(before.at) >= Date.parse(item.at)) continue;
      items.set(id, { ...item, id, author });
    }
  }
  return items;
}

/**
 * Return the current time, or a time just after a later one from another clock.
 * @param {string} [last]
 */
function laterThan(last) {
  const time = Date.parse(last ?? "");
  return Number.isNaN(time) || clock.time > time
    ? clock.date.toISOString()
    : new Date(time + 1).toISOString();
}
