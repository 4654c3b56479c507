/** A member's passkeys: making one, opening and signing in with one, removing. Knows no DOM. */

import { b64, randomBytes, unb64, wipe } from "../crypto/bytes.js";
import { passkeyKek, unwrapFromPasskey, wrapForPasskey } from "../crypto/passkey.js";
import { ApiError } from "../net/api.js";
import { accepted } from "../session/own-wraps.js";
import { create, forgetAtTheDevice, get } from "./ceremony.js";
import { here, keepLive, remember } from "./here.js";

/** @typedef {{ id: string, wrap: string, since: string, device: string }} Passkey */

/** The passkey is on the device, and opens nothing here any more. */
export class Removed extends Error {
  error = "passkey-removed";
}

export class Passkeys {
  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../net/api.js").Api} api
   */
  constructor(session, api) {
    this.session = session;
    this.api = api;
  }

  /** Whether this member came in with one on this device. */
  get areHere() {
    return here(this.session.known.id).ids.length > 0;
  }

  /** @returns {Promise<Passkey[]>} */
  async list() {
    const { passkeys } = await this.api.get("/passkeys");
    const ids = passkeys.map((/** @type {Passkey} */ one) => one.id);
    keepLive(this.session.known.id, ids);
    return passkeys;
  }

  /**
   * Make one on this device, or one that it reaches.
   * @param {Uint8Array} accountKey 32 bytes; the caller wipes them
   * @param {Uint8Array} authKey of the password
   */
  async make(accountKey, authKey) {
    const { login, id: account } = this.session.known;
    const known = (await this.list()).map(({ id }) => unb64(id));
    const question = await this.api.post("/passkeys/challenges", {});
    const made = await create(question, { id: unb64(account, 16), login }, known);
    const kek = await passkeyKek(made.prf, made.id);
    const wrap = await wrapForPasskey(kek, unb64(account, 16), made.id, accountKey);
    wipe(kek);
    await this.api.post("/passkeys", {
      authKey: b64(authKey),
      id: b64(made.id),
      clientData: b64(made.clientData),
      attestation: b64(made.attestation),
      wrap: b64(wrap),
    });
    remember(account, b64(made.id));
  }

  /** Open a locked page with one of those on this device. */
  async unlock() {
    const me = await this.session.refresh();
    const live = await this.list();
    const mine = live.filter(({ id }) => here(me.id).ids.includes(id));
    if (!mine.length) throw new Removed();
    const used = await get(
      randomBytes(32),
      undefined,
      mine.map(({ id }) => unb64(id)),
    );
    const wrap = unb64(mine.find(({ id }) => id === b64(used.id))?.wrap ?? "");
    const kek = await passkeyKek(used.prf, used.id);
    const opening = unwrapFromPasskey(kek, unb64(me.id, 16), used.id, wrap);
    await this.session.openWith(me, await accepted(opening));
  }

  /** Sign in with whichever the person chooses. */
  async signIn() {
    const { challenge, rp } = await this.api.post("/passkeys/challenges", {});
    const used = await get(unb64(challenge), rp, []);
    const kek = await passkeyKek(used.prf, used.id);
    const id = b64(used.id);
    let me;
    try {
      me = await this.api.post("/passkeys/sessions", {
        id,
        clientData: b64(used.clientData),
        authenticatorData: b64(used.authenticatorData),
        signature: b64(used.signature),
      });
    } catch (error) {
      if (!(error instanceof ApiError) || error.error !== "wrong") throw error;
      forgetAtTheDevice(rp, id);
      throw new Removed();
    }
    const opening = unwrapFromPasskey(kek, unb64(me.id, 16), used.id, unb64(me.passkey));
    const accountKey = await accepted(opening);
    remember(me.id, id);
    await this.session.openWith(me, accountKey);
  }

  /** @param {Passkey} passkey */
  async remove(passkey) {
    await this.api.delete(`/passkeys/${passkey.id}`);
    forgetAtTheDevice(location.hostname, passkey.id);
  }

  /** Remove those of this device, before it forgets everything. */
  async removeHere() {
    const ids = here(this.session.known.id).ids;
    for (const one of await this.list()) if (ids.includes(one.id)) await this.remove(one);
  }
}
