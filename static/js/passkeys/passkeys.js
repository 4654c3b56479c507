/**
 * A member's passkeys: creating one, unlocking and signing in with one, removing. Runs without a
 * DOM.
 */

import { toBase64Url, randomBytes, fromBase64Url, wipe } from "../crypto/bytes.js";
import { passkeyKek, unwrapFromPasskey, wrapForPasskey } from "../crypto/passkey.js";
import { ApiError } from "../net/api.js";
import { expectToOpen } from "../session/own-wraps.js";
import { createCredential, signalUnknownCredential, getCredential } from "./webauthn.js";
import {
  addLocalPasskey,
  hasLocalPasskeys,
  localPasskeys,
  pruneLocalPasskeys,
} from "./local-passkeys.js";

/** @typedef {{ id: string, wrap: string, since: string, device: string }} Passkey */

/** The passkey is still on the device, but has been revoked. */
export class PasskeyRevokedError extends Error {
  error = "passkey-removed";
}

export class Passkeys {
  #session;
  #api;

  /**
   * @param {import("../session/session.js").Session} session
   * @param {import("../net/api.js").Api} api
   */
  constructor(session, api) {
    this.#session = session;
    this.#api = api;
  }

  /** Whether anybody signed in with a passkey on this device. */
  get anyOnThisDevice() {
    return hasLocalPasskeys();
  }

  /** Whether this member signed in with one on this device. */
  get areOnThisDevice() {
    return localPasskeys(this.#session.account.id).ids.length > 0;
  }

  /**
   * @param {import("../net/api.js").Ending} [ending]
   * @returns {Promise<Passkey[]>}
   */
  async list(ending) {
    const { passkeys } = await this.#api.get("/passkeys", ending);
    const ids = passkeys.map((/** @type {Passkey} */ passkey) => passkey.id);
    pruneLocalPasskeys(this.#session.account.id, ids);
    return passkeys;
  }

  /**
   * Create one on this device, or on another one that it reaches.
   * @param {Uint8Array} accountKey 32 bytes; the caller wipes them
   * @param {Uint8Array} authKey of the password
   */
  async make(accountKey, authKey) {
    const { login, id: account } = this.#session.account;
    const known = (await this.list()).map(({ id }) => fromBase64Url(id));
    const question = await this.#api.post("/passkeys/challenges", {});
    const credential = await createCredential(
      question,
      { id: fromBase64Url(account, 16), login },
      known,
    );
    const kek = await passkeyKek(credential.prf, credential.id);
    const wrap = await wrapForPasskey(kek, fromBase64Url(account, 16), credential.id, accountKey);
    wipe(kek);
    await this.#api.post("/passkeys", {
      authKey: toBase64Url(authKey),
      id: toBase64Url(credential.id),
      clientData: toBase64Url(credential.clientData),
      attestation: toBase64Url(credential.attestation),
      wrap: toBase64Url(wrap),
    });
    addLocalPasskey(account, toBase64Url(credential.id));
  }

  /** Unlock with one of the passkeys of this device. */
  async unlock() {
    const me = await this.#session.refresh();
    const live = await this.list();
    const mine = live.filter(({ id }) => localPasskeys(me.id).ids.includes(id));
    if (!mine.length) throw new PasskeyRevokedError();
    const used = await getCredential(
      randomBytes(32),
      undefined,
      mine.map(({ id }) => fromBase64Url(id)),
    );
    const wrap = fromBase64Url(mine.find(({ id }) => id === toBase64Url(used.id))?.wrap ?? "");
    const kek = await passkeyKek(used.prf, used.id);
    const opening = unwrapFromPasskey(kek, fromBase64Url(me.id, 16), used.id, wrap);
    await this.#session.unlockWith(me, await expectToOpen(opening));
  }

  /** Sign in with the passkey that the person chooses. */
  async signIn() {
    const { challenge, rp } = await this.#api.post("/passkeys/challenges", {});
    const used = await getCredential(fromBase64Url(challenge), rp, []);
    const kek = await passkeyKek(used.prf, used.id);
    const id = toBase64Url(used.id);
    let me;
    try {
      me = await this.#api.post("/passkeys/sessions", {
        id,
        clientData: toBase64Url(used.clientData),
        authenticatorData: toBase64Url(used.authenticatorData),
        signature: toBase64Url(used.signature),
      });
    } catch (error) {
      if (!(error instanceof ApiError) || error.error !== "wrong") throw error;
      signalUnknownCredential(rp, id);
      throw new PasskeyRevokedError();
    }
    const opening = unwrapFromPasskey(
      kek,
      fromBase64Url(me.id, 16),
      used.id,
      fromBase64Url(me.passkey),
    );
    const accountKey = await expectToOpen(opening);
    addLocalPasskey(me.id, id);
    await this.#session.unlockWith(me, accountKey);
  }

  /** @param {Passkey} passkey */
  async remove(passkey) {
    await this.#api.delete(`/passkeys/${passkey.id}`);
    signalUnknownCredential(location.hostname, passkey.id);
  }

  /** Remove the passkeys of this device, before the device is cleared. */
  async removeFromThisDevice() {
    const ids = localPasskeys(this.#session.account.id).ids;
    for (const passkey of await this.list())
      if (ids.includes(passkey.id)) await this.remove(passkey);
  }
}
