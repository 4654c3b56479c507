/**
 * The keys of the space, and who the partner is. A partner that is not the pinned one is refused:
 * the server could name another (protocol §7).
 */

import { b64, unb64 } from "../crypto/bytes.js";
import { openJson } from "../crypto/envelope.js";
import { spaceKeys, unwrapSpaceKey } from "../crypto/keys.js";

/** @typedef {import("../crypto/keys.js").SpaceKeys} Keys */

/**
 * @typedef {{
 *   id: Uint8Array, partner: Uint8Array, name: string, since: string,
 *   state: "joining" | "active" | "archived", keys: Keys,
 * }} OpenSpace `name` is how the partner was called when the two linked, `since` when that was
 */

export class SpaceKeys {
  /** @param {import("./session.js").Session} session */
  constructor(session) {
    this.session = session;
    /** The space that is joining or active. @type {OpenSpace | null} */
    this.current = null;
    /** @type {OpenSpace[]} */
    this.archives = [];
  }

  /** The active space, if there is one. @returns {OpenSpace | null} */
  get active() {
    return this.current?.state === "active" ? this.current : null;
  }

  forget() {
    this.current = null;
    this.archives = [];
  }

  /** Open what `me` says; only while the session's keys are there. */
  async refresh() {
    const { space, archives } = this.session.known;
    this.current = space && (await this.open(space, space.state));
    const old = await Promise.all(archives.map((one) => this.open(one, "archived")));
    this.archives = old.filter((one) => one !== null);
  }

  /**
   * @param {{ id: string, partner: string, wrap: string, pin: { rev: number, box: string } | null }} space
   * @param {OpenSpace["state"]} state
   * @returns {Promise<OpenSpace | null>} null when the partner is not the pinned one
   */
  async open(space, state) {
    const me = this.session.id;
    const id = unb64(space.id, 16);
    if (this.current && b64(this.current.id) === space.id && this.current.state === state) {
      return this.current;
    }
    const raw = await unwrapSpaceKey(
      0x05,
      this.session.opened.wrap,
      { scopeId: id, recordId: me, authorId: me },
      unb64(space.wrap),
    );
    const keys = await spaceKeys(raw);
    const pinned = await this.pinned(id, space);
    if (state !== "joining" && !pinned) return null;
    const { name, since } = pinned ?? { name: "", since: "" };
    return { id, partner: unb64(space.partner, 16), name, since, state, keys };
  }

  /** How a partner, of today or of an archive, was called when the two linked. @param {string} author */
  nameOf(author) {
    const spaces = this.current ? [this.current, ...this.archives] : this.archives;
    return spaces.find((one) => b64(one.partner) === author)?.name ?? "";
  }

  /**
   * Open the pin; null when there is none, or when it names another partner.
   * @param {Uint8Array} id
   * @param {{ partner: string, pin: { rev: number, box: string } | null }} space
   * @returns {Promise<{ name: string, since: string } | null>}
   */
  async pinned(id, { partner, pin }) {
    if (!pin) return null;
    const me = this.session.id;
    const fields = { scopeId: me, recordId: id, authorId: me, rev: pin.rev };
    const doc = await openJson(this.session.opened.ledger, 0x13, fields, unb64(pin.box));
    if (doc.type !== "pin" || doc.partner !== partner || doc.space !== b64(id)) return null;
    return { name: String(doc.name ?? ""), since: String(doc.at ?? "") };
  }
}
