/**
 * The keys of the space, and the identity of the partner. None of it relies on the server's word
 * (protocol §7): the pin and the wrap are sealed under the member's own key, and the device
 * remembers the accounts it has seen pinned. A space that contradicts any of that stays closed, and
 * `troubles` says why; everything else opens all the same.
 */

import { toBase64Url, fromBase64Url } from "../crypto/bytes.js";
import { openJson } from "../crypto/envelope.js";
import { spaceKeys, unwrapSpaceKey } from "../crypto/keys.js";
import { ARCHIVE, SPACE } from "../net/response-shapes.js";
import { RememberedSpaces } from "./remembered-spaces.js";
import { Kind } from "../crypto/kinds.js";

/** @typedef {import("../crypto/keys.js").SpaceKeys} Keys */

/**
 * @typedef {{
 *   id: Uint8Array, partner: Uint8Array, name: string, since: string,
 *   state: "joining" | "active" | "archived", keys: Keys,
 * }} OpenSpace `name` is the partner's name at the time of linking, `since` that time
 * @typedef {"gone" | "partner" | "pin" | "key" | "joining" | "reopened" | "nonsense"} Why
 * @typedef {{ space: string, name: string, why: Why, ended: boolean }} Trouble `ended`: it is a
 *   space from before, so that nothing is written to it in any case
 * @typedef {import("../net/types.js").WireSpace | import("../net/types.js").WireArchive} Wire
 * @typedef {import("./remembered-spaces.js").Remembered} Remembered
 */

/** The reason why a space that the server sends stays closed. */
class SpaceDoubtError extends Error {
  /**
   * @param {Why} reason
   * @param {string} [name] the partner's, if known
   */
  constructor(reason, name = "") {
    super(reason);
    this.why = reason;
    this.called = name;
  }
}

export class SpaceKeys {
  #session;

  /** @param {import("./session-state.js").SessionState} session */
  constructor(session) {
    this.#session = session;
    this.remembered = new RememberedSpaces(session);
    /**
     * The space that is joining or active.
     * @type {OpenSpace | null}
     */
    this.current = null;
    /** @type {OpenSpace[]} */
    this.archives = [];
    /** @type {Trouble[]} */
    this.troubles = [];
  }

  clear() {
    this.current = null;
    this.archives = [];
    this.troubles = [];
  }

  /**
   * The active space, if there is one.
   * @returns {OpenSpace | null}
   */
  get active() {
    return this.current?.state === "active" ? this.current : null;
  }

  /** Whether it is unknown at the moment whether there is a partner, or which account it is. */
  get isUncertain() {
    return this.troubles.some(({ ended }) => !ended);
  }

  /** Whether there is a space to leave; one whose keys do not open can be left, too. */
  get canLeave() {
    return this.#session.account.space?.state === "active";
  }

  /**
   * Whether a space has ended; its absence from the server's response does not prove that.
   * @param {string} id
   */
  hasEnded(id) {
    return (
      !this.troubles.some(({ space }) => space === id) &&
      (!this.current || toBase64Url(this.current.id) !== id)
    );
  }

  /** Open the spaces in `me`; only while the session's keys are there. */
  async refresh() {
    const { space, archives } = this.#session.account;
    const { spaces } = await this.remembered.load();
    const listed = [
      ...(space ? [{ wire: space, state: space.state }] : []),
      ...archives.map((wire) => ({ wire, state: /** @type {const} */ ("archived") })),
    ];
    /** @type {Trouble[]} */
    const troubles = [];
    const found = await Promise.all(
      listed.map(async ({ wire, state }) => {
        const id = String(wire.id);
        const known = spaces.get(id);
        try {
          return await this.#openSpace(wire, state, known);
        } catch (error) {
          const { why, called } =
            error instanceof SpaceDoubtError ? error : new SpaceDoubtError("key");
          troubles.push({
            space: id,
            name: known?.name || called,
            why,
            ended: state === "archived",
          });
          return null;
        }
      }),
    );
    for (const [id, { name, ended }] of spaces) {
      if (!listed.some(({ wire }) => wire.id === id))
        troubles.push({ space: id, name, why: "gone", ended });
    }
    if (!this.#session.keys) return; // the session was locked meanwhile
    const open = found.filter((space) => space !== null);
    this.current = open.find(({ state }) => state !== "archived") ?? null;
    this.archives = open.filter(({ state }) => state === "archived");
    this.troubles = troubles;
    await this.remembered.record(open.filter(({ state }) => state !== "joining"));
  }

  /**
   * @param {Wire} wire
   * @param {OpenSpace["state"]} state
   * @param {Remembered | undefined} known this device's record of it
   * @returns {Promise<OpenSpace>}
   * @throws {SpaceDoubtError} if it contradicts the pin, or cannot be verified
   */
  async #openSpace(wire, state, known) {
    if (!(state === "archived" ? ARCHIVE : SPACE)(wire)) throw new SpaceDoubtError("nonsense");
    if (known && known.partner !== wire.partner) throw new SpaceDoubtError("partner");
    if (known && state === "joining") throw new SpaceDoubtError("joining");
    if (known?.ended && state === "active") throw new SpaceDoubtError("reopened");
    const id = fromBase64Url(wire.id, 16);
    const invites =
      state === "joining" && "inviter" in wire && wire.inviter === this.#session.account.id;
    // the inviter pins last
    const pinned = invites ? { name: "", since: "" } : await this.#openPin(id, wire);
    const keys = await this.#unwrapKeys(id, wire.wrap).catch(() => {
      throw new SpaceDoubtError("key", pinned.name);
    });
    return { id, partner: fromBase64Url(wire.partner, 16), ...pinned, state, keys };
  }

  /**
   * @param {Uint8Array} id
   * @param {string} wrap
   * @returns {Promise<Keys>}
   */
  async #unwrapKeys(id, wrap) {
    const me = this.#session.id;
    const whose = { scopeId: id, recordId: me, authorId: me };
    return spaceKeys(
      await unwrapSpaceKey(
        Kind.SPACE_WRAP,
        this.#session.unlockedKeys.wrap,
        whose,
        fromBase64Url(wrap),
      ),
    );
  }

  /**
   * Open the pin.
   * @param {Uint8Array} id
   * @param {Wire} wire
   * @returns {Promise<{ name: string, since: string }>}
   * @throws {SpaceDoubtError} if there is none, it does not open, or it names another partner
   */
  async #openPin(id, { partner, pin }) {
    const me = this.#session.id;
    const fields = { scopeId: me, recordId: id, authorId: me, rev: pin?.rev ?? 0 };
    const opening = async () =>
      openJson(this.#session.unlockedKeys.ledger, Kind.PIN, fields, fromBase64Url(pin?.box ?? ""));
    const doc = await opening().catch(() => null);
    if (doc?.type !== "pin" || doc.space !== toBase64Url(id)) throw new SpaceDoubtError("pin");
    const name = String(doc.name ?? "");
    if (doc.partner !== partner) throw new SpaceDoubtError("partner", name);
    return { name, since: String(doc.at ?? "") };
  }

  /**
   * Return a partner's name at the time of linking, for the space or an archive.
   * @param {string} author
   */
  nameOf(author) {
    const spaces = this.current ? [this.current, ...this.archives] : this.archives;
    return spaces.find((space) => toBase64Url(space.partner) === author)?.name ?? "";
  }
}
