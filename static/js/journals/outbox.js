/**
 * Sealed bytes on their way. They are kept on this device until the server has them and are
 * resent byte for byte, so that nothing written is gone and nothing arrives twice.
 */

import { unb64 } from "../crypto/bytes.js";
import { ApiError, NotConnected } from "../net/api.js";
import { Conflict } from "./journal.js";

const AGAIN_MS = 15_000;

/**
 * @typedef {import("./journal.js").Sealed & {
 *   account: string, files?: { id: string, box: Uint8Array, tag?: string }[],
 * }} Parcel
 */

export class Outbox extends EventTarget {
  /**
   * @param {import("./journals.js").Journals} home
   * @param {import("../session/vault.js").Vault} vault
   */
  constructor(home, vault) {
    super();
    this.home = home;
    this.vault = vault;
    /** @type {Promise<void> | null} */
    this.sending = null;
    window.addEventListener("online", () => void this.send());
    window.setInterval(() => void this.send(), AGAIN_MS);
  }

  /** What waits, of this member. @returns {Promise<Parcel[]>} */
  async waiting() {
    const me = this.home.session.me?.id;
    const all = await this.vault.entries("outbox");
    return all.map(([, parcel]) => parcel).filter((parcel) => parcel.account === me);
  }

  /**
   * Put a parcel in and try to send it.
   * @param {import("./journal.js").Sealed} sealed
   * @param {{ id: string, box: Uint8Array, tag?: string }[]} [files]
   * @returns {Promise<unknown>} null, or why it waits
   */
  async post(sealed, files = []) {
    const account = this.home.session.known.id;
    /** @type {Parcel} */
    const parcel = { ...sealed, files, account };
    await this.vault.put("outbox", parcel.id, parcel);
    this.dispatchEvent(new Event("changed"));
    try {
      await this.deliver(parcel);
      return null;
    } catch (error) {
      if (isPassing(error) || hasEnded(error)) return error;
      await this.vault.remove("outbox", parcel.id);
      throw error;
    }
  }

  /** Try everything that waits, one after the other. @returns {Promise<void>} */
  send() {
    this.sending ??= this.sendAll().finally(() => (this.sending = null));
    return this.sending;
  }

  async sendAll() {
    if (this.home.session.state !== "open") return;
    for (const parcel of await this.waiting()) {
      if (!this.home.byId(parcel.journal)) continue; // its space has ended: see coming-home.js
      try {
        await this.deliver(parcel);
      } catch (error) {
        if (error instanceof NotConnected || hasEnded(error)) return;
        if (error instanceof Conflict) await this.becomeDraft(parcel);
        else if (error instanceof ApiError && !isPassing(error)) await this.becomeDraft(parcel);
      }
    }
  }

  /** @param {Parcel} parcel */
  async deliver(parcel) {
    const journal = this.home.byId(parcel.journal);
    if (!journal) throw new ApiError(404, { error: "not_found" }, 0);
    for (const { id, box, tag } of parcel.files ?? []) {
      /** @type {Record<string, string>} */
      const headers = tag ? { "X-Author-Tag": tag } : {};
      await this.home.api.putBox(
        `${journal.path}/entries/${parcel.id}/attachments/${id}`,
        box,
        headers,
      );
    }
    try {
      await journal.send(parcel);
    } catch (error) {
      if (hasEnded(error)) void this.home.session.refresh().catch(() => {});
      throw error;
    }
    await this.vault.remove("outbox", parcel.id);
    await this.home.drafts.drop(parcel.id);
    this.dispatchEvent(new Event("changed"));
  }

  /** What the server will not take stays its writer's, as a draft to look at. @param {Parcel} parcel */
  async becomeDraft(parcel) {
    if (unb64(parcel.box).length && (await this.home.drafts.get(parcel.id))) {
      await this.vault.remove("outbox", parcel.id);
      this.dispatchEvent(new CustomEvent("returned", { detail: parcel.id }));
    }
  }
}

/** Whether it is worth trying again later. @param {unknown} error */
export function isPassing(error) {
  if (error instanceof NotConnected) return true;
  return error instanceof ApiError && [401, 429, 500, 503, 507].includes(error.status);
}

/** Whether the space has ended, so that it will never be taken there. @param {unknown} error */
function hasEnded(error) {
  return error instanceof ApiError && error.error === "archived";
}
