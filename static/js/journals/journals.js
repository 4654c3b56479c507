/** The journals of who is here: one's own, the shared one, archives; and what waits beside them. */

import { b64 } from "../crypto/bytes.js";
import { ApiError } from "../net/api.js";
import { EVENTS } from "../net/events.js";
import { comeHome } from "./coming-home.js";
import { Drafts } from "./drafts.js";
import { Journal } from "./journal.js";
import { Outbox } from "./outbox.js";
import { Removed } from "./removed.js";
import { Seen } from "./seen.js";

/** This was written for both, and with whom is not sure just now. */
export class SpaceAway extends Error {
  error = "space-away";
}

export class Journals extends EventTarget {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../net/api.js").Api} api
   * @param {import("../net/live.js").Live} live
   * @param {import("../session/vault.js").Vault} vault
   * @param {import("../session/only-me.js").OnlyMe} onlyMe
   */
  constructor(session, api, live, vault, onlyMe) {
    super();
    this.session = session;
    this.api = api;
    this.vault = vault;
    this.onlyMe = onlyMe;
    this.seen = new Seen(session, vault);
    this.drafts = new Drafts(session, vault);
    this.removed = new Removed(this, vault);
    /** @type {Journal | null} */
    this.own = null;
    /** @type {Journal | null} */
    this.ours = null;
    /** @type {Journal[]} */
    this.archives = [];
    /** One's own word for the other, "" when there is none. */
    this.ownWord = "";
    /**
     * What the open page holds; it comes home by itself.
     * @type {import("./drafts.js").Draft | null}
     */
    this.writing = null;
    this.outbox = new Outbox(this, vault);
    vault.addEventListener("gone", () => void this.restore());
    session.addEventListener("state", () => this.arrange());
    session.addEventListener("me", () => this.arrange());
    live.listen(EVENTS.journalChanged, ({ journal }) => void this.heard(journal));
    live.addEventListener("ask", () => void this.catchUp());
    this.arrange(); // it may be open already
  }

  /** The individual journal; only while open. @returns {Journal} */
  get individual() {
    if (!this.own) throw new Error("locked");
    return this.own;
  }

  /** The shared journal, if there is one. @returns {Journal | null} */
  get shared() {
    return this.ours;
  }

  /**
   * Where something goes that was written for both, or for oneself.
   * @param {boolean} both
   * @returns {Journal}
   * @throws {SpaceAway} when the space is not there just now: it does not go elsewhere by itself
   */
  journalFor(both) {
    if (!both) return this.individual;
    if (!this.ours) throw new SpaceAway();
    return this.ours;
  }

  /** One's own journal, and the shared one if there is one. @returns {Journal[]} */
  get both() {
    return this.ours ? [this.individual, this.ours] : [this.individual];
  }

  /**
   * Those that may be looked at now: none once locked; "Only me" can be closed on this device.
   * @returns {Journal[]}
   */
  get opened() {
    if (!this.own) return [];
    return this.both.filter((journal) => journal.shared || !this.onlyMe.closed);
  }

  /**
   * Be told of changes in both until the returned function is called.
   * @param {() => void} changed
   * @returns {() => void}
   */
  watch(changed) {
    const { both } = this;
    for (const journal of both) journal.addEventListener("changed", changed);
    return () => {
      for (const journal of both) journal.removeEventListener("changed", changed);
    };
  }

  /** Make the journals that the keys open; the same journal stays the same object. */
  arrange() {
    const { session } = this;
    if (session.state !== "open") {
      this.own = this.ours = null;
      this.archives = [];
      this.seen.forget();
      return;
    }
    const { spaces, opened, id } = session;
    const { data: key, names } = opened;
    this.own ??= new Journal(this, {
      id,
      key,
      names,
      members: [id],
      shared: false,
      writable: true,
    });
    const active = spaces.active;
    if (!active) this.ours = null;
    else if (!this.ours || b64(this.ours.id) !== b64(active.id)) {
      this.ours = this.journalOf(active, true);
    }
    this.archives = spaces.archives.map((old) => this.journalOf(old, false));
    this.dispatchEvent(new Event("arranged"));
    void this.outbox.send();
    void comeHome(this).catch(() => {});
  }

  /**
   * The browser has removed what this device kept: what people wrote and this page still holds is
   * written again. Not once the session has ended: then this device was told to forget.
   */
  async restore() {
    if (this.session.state !== "open") return;
    const ended = await this.api.get("/me").then(
      () => false,
      (error) => error instanceof ApiError && error.status === 401,
    );
    if (!ended) await this.vault.restore();
  }

  /** @param {import("../session/space-keys.js").OpenSpace} space @param {boolean} writable */
  journalOf({ id, keys, partner }, writable) {
    const members = [this.session.id, partner];
    const { data: key, root: names } = keys;
    return new Journal(this, { id, key, names, members, shared: true, writable });
  }

  /** @param {string} id @returns {Journal | null} */
  byId(id) {
    return [this.own, this.ours].find((one) => one && b64(one.id) === id) ?? null;
  }

  /** The server says that a journal has changed. @param {string} id */
  async heard(id) {
    await this.byId(id)?.news.changed();
  }

  /** Ask what has changed while nobody told us, and send what waits. */
  async catchUp() {
    if (this.session.state !== "open") return;
    await this.outbox.send();
    await comeHome(this).catch(() => {});
    for (const journal of [this.own, this.ours]) {
      if (journal && journal.place >= 0) await journal.sync().catch(() => {});
    }
  }

  /**
   * One's own word for the other, or the name by which they want to be seen; "" until it is known.
   * @param {string} author
   * @returns {string}
   */
  nameOf(author) {
    const partner = this.session.spaces.active?.partner;
    if (this.ownWord && partner && b64(partner) === author) return this.ownWord;
    for (const journal of [this.ours, ...this.archives]) {
      for (const entry of journal?.entries.values() ?? []) {
        if (entry.doc?.type === "hello" && entry.author === author) return entry.doc.name;
      }
    }
    return this.session.spaces.nameOf(author);
  }
}
