/**
 * A tree in one journal: planted once, with whom it is for and where it stands. Its leaves have
 * words, and belong to their authors. It is a last-writer-wins map (protocol §9), so that
 * concurrent planting or hanging overwrites nothing. Runs without a DOM.
 */

import { clock } from "../clock.js";
import { toBase64Url, randomBytes, fromBase64Url } from "../crypto/bytes.js";
import { LwwMap } from "../replica/lww-map.js";

const TYPE = "tree";
const SEED = "@seed"; // items of their own, whose ids no leaf has
const ABOUT = "@about";

/**
 * @typedef {import("../naming/grammar.js").Word} Word
 * @typedef {{ whom: Word[], where: import("./season.js").Where }} About
 * @typedef {{ id: string, author: string, mine: boolean, since: string, text: string,
 *   place: number }} Leaf
 */

export class Tree {
  /** @param {LwwMap} map */
  constructor(map) {
    this.map = map;
  }

  /** @param {import("../replica/journal.js").Journal} journal */
  static async open(journal) {
    return new Tree(await LwwMap.fetch(journal, TYPE, TYPE));
  }

  get journal() {
    return this.map.journal;
  }

  load() {
    return this.map.refresh();
  }

  /** All items of both members' records. */
  get #allItems() {
    return this.map.records.flatMap(({ doc, author, mine }) =>
      Object.entries(/** @type {Record<string, any>} */ (doc?.items ?? {})).map(([id, item]) => ({
        ...item,
        id,
        author,
        mine,
      })),
    );
  }

  /**
   * The seed; if both planted concurrently, the first one counts.
   * @returns {Uint8Array | null} 16 bytes
   */
  get seed() {
    const seeds = this.#allItems.filter((item) => item.id === SEED && isSeed(item.seed));
    const [first] = seeds.sort(bySince);
    return first ? fromBase64Url(first.seed, 16) : null;
  }

  /** @returns {About} */
  get about() {
    const item = this.map.items.find(({ id }) => id === ABOUT);
    const where = ["south", "green"].includes(item?.where) ? item?.where : "north";
    return { whom: Array.isArray(item?.for) ? item.for : [], where };
  }

  /**
   * The leaves, in the order in which they were hung; an item counts only in its author's own
   * record.
   * @returns {Leaf[]}
   */
  get leaves() {
    /** @type {Set<number>} */
    const taken = new Set();
    return this.#allItems
      .filter((item) => !item.id.startsWith("@") && !item.struck && typeof item.text === "string")
      .sort(bySince)
      .map(({ id, author, mine, since, text, place: wished }) => {
        const place = free(taken, wished); // concurrent leaves may have chosen the same place
        taken.add(place);
        return { id, author, mine, since, text, place };
      });
  }

  /** The trouble of either member's record, if there is any. */
  get trouble() {
    return this.map.records.find((entry) => entry.trouble)?.trouble ?? "";
  }

  /**
   * Plant the tree, unless it is planted already.
   * @param {About} about
   */
  async plant(about) {
    if (this.seed) return this.updateAbout(about);
    const at = clock.date.toISOString();
    const seed = toBase64Url(randomBytes(16));
    await this.map.writeOwn({
      [SEED]: { seed, since: at, at },
      [ABOUT]: { ...worded(about), since: at, at },
    });
  }

  /**
   * Change whom it is for, or where it stands.
   * @param {About} about
   */
  async updateAbout(about) {
    await this.map.set(worded(about), ABOUT);
  }

  /**
   * Hang a leaf where there is most room; the same id again is the same leaf.
   * @param {string} text
   * @param {string} id
   */
  async hang(text, id) {
    const place = free(new Set(this.leaves.map((leaf) => leaf.place)), 0);
    await this.map.set({ text, place }, id);
  }

  /**
   * Remove one of the member's own leaves.
   * @param {string} id
   */
  async takeDown(id) {
    await this.map.remove(id);
  }
}

/**
 * Return the wanted place, or the next free one.
 * @param {Set<number>} taken
 * @param {unknown} wished
 */
function free(taken, wished) {
  let place = Number.isSafeInteger(wished) ? Math.max(0, Number(wished)) : 0;
  while (taken.has(place)) place++;
  return place;
}

/** @param {About} about */
function worded({ whom, where }) {
  return { for: whom, where };
}

/** @param {unknown} text */
function isSeed(text) {
  return typeof text === "string" && /^[\w-]{21}[AQgw]$/.test(text);
}

/**
 * @param {{ since: string, id: string, author: string }} a
 * @param {{ since: string, id: string, author: string }} b
 */
function bySince(a, b) {
  const order = Date.parse(a.since) - Date.parse(b.since);
  return order || (a.id + a.author < b.id + b.author ? -1 : 1);
}
