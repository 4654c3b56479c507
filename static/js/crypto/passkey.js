/**
 * The account key wrapped under a passkey (protocol §4, §5, kind 03); the key is derived from the
 * output of the PRF extension. Rejected: an output that is not 32 bytes, or is all zeros, as from
 * an authenticator without PRF.
 */

import { sha256, utf8 } from "./bytes.js";
import { open, seal } from "./envelope.js";
import { hkdf } from "./hkdf.js";
import { Kind } from "./kinds.js";

const PRF_BYTES = 32;

/** The input to the PRF of every passkey. */
export const PRF_INPUT = utf8("ss/v1/passkey");

/** The authenticator returned no PRF output from which a key could be derived. */
export class PrfUnavailableError extends Error {
  error = "no-prf";
}

/**
 * @param {Uint8Array | null} prf the first output of the PRF; null if there was none
 * @param {Uint8Array} credentialId
 * @returns {Promise<Uint8Array>} 32 bytes
 * @throws {PrfUnavailableError}
 */
export async function passkeyKek(prf, credentialId) {
  if (prf?.length !== PRF_BYTES || prf.every((byte) => byte === 0)) throw new PrfUnavailableError();
  return hkdf(prf, await sha256(credentialId), "ss/v1/kek/passkey", 32);
}

/**
 * @param {Uint8Array} account 16 bytes
 * @param {Uint8Array} credentialId
 */
async function fields(account, credentialId) {
  const context = await sha256(credentialId);
  return { scopeId: account, recordId: account, authorId: account, rev: 0, context };
}

/**
 * @param {Uint8Array} kek 32 bytes
 * @param {Uint8Array} account 16 bytes
 * @param {Uint8Array} credentialId
 * @param {Uint8Array} accountKey 32 bytes
 * @returns {Promise<Uint8Array>} 124 bytes
 */
export async function wrapForPasskey(kek, account, credentialId, accountKey) {
  return seal(kek, Kind.PASSKEY_WRAP, await fields(account, credentialId), accountKey);
}

/**
 * @param {Uint8Array} kek
 * @param {Uint8Array} account
 * @param {Uint8Array} credentialId
 * @param {Uint8Array} box
 * @returns {Promise<Uint8Array>} 32 bytes; the caller wipes them
 * @throws {import("./envelope.js").CannotOpenError}
 */
export async function unwrapFromPasskey(kek, account, credentialId, box) {
  return open(kek, Kind.PASSKEY_WRAP, await fields(account, credentialId), box);
}
