/**
 * The author tag (protocol §9): an HMAC by which an account recognises its own entries, so that an
 * entry which somebody else put under its name is marked as forged.
 */

import { buffer, concat, sha256 } from "./bytes.js";

/**
 * @param {CryptoKey} key the account's HMAC key for author tags
 * @param {Uint8Array} aad 106 bytes
 * @param {Uint8Array} box
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export async function makeTag(key, aad, box) {
  const hash = await sha256(concat(aad, box));
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, buffer(hash)));
}

/**
 * @param {CryptoKey} key
 * @param {Uint8Array} aad
 * @param {Uint8Array} box
 * @param {Uint8Array} tag 32 bytes
 * @returns {Promise<boolean>} compared in constant time
 */
export async function checkTag(key, aad, box, tag) {
  const hash = await sha256(concat(aad, box));
  return crypto.subtle.verify("HMAC", key, buffer(tag), buffer(hash));
}
