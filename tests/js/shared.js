/** A shared journal in a test's memory. */

import assert from "node:assert/strict";

import { ConflictError } from "../../static/js/replica/journal.js";

/** A journal as one of its two members sees it; both write to the same `rows`. */
export class Shared {
  /**
   * @param {Map<string, any>} rows
   * @param {string} me
   */
  constructor(rows, me) {
    this.rows = rows;
    this.me = me;
    /** @type {Map<string, any>} */
    this.entries = new Map();
  }

  /** @param {string} id */
  async find(id) {
    const row = this.rows.get(id);
    if (row) this.entries.set(id, { ...row, mine: row.author === this.me });
    return this.entries.get(id) ?? null;
  }

  /**
   * @param {any} doc
   * @param {{ id: string, rev: number }} options
   */
  async write(doc, options) {
    const there = this.rows.get(options.id);
    if (options.rev !== (there?.rev ?? 0) + 1) throw new ConflictError(there ?? null);
    assert.equal(there?.author ?? this.me, this.me);
    this.rows.set(options.id, { ...options, author: this.me, doc: structuredClone(doc) });
    await this.find(options.id);
  }
}
