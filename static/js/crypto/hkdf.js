/** HKDF with SHA-256 (RFC 5869), over raw bytes or over a non-extractable key. */

import { buffer, utf8, wipe } from "./bytes.js";

const NOTHING = new Uint8Array(0);

/** @typedef {CryptoKey | Uint8Array} KeyMaterial an HKDF CryptoKey, or raw bytes */

/**
 * Derive bytes.
 * @param {KeyMaterial} key
 * @param {Uint8Array} salt
 * @param {Uint8Array | string} info a string is ASCII
 * @param {number} length in bytes, up to 8160
 * @returns {Promise<Uint8Array>}
 */
export async function hkdf(key, salt, info, length) {
  const material = key instanceof Uint8Array ? await importRaw(key) : key;
  const bytes = typeof info === "string" ? utf8(info) : info;
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: buffer(salt), info: buffer(bytes) };
  return new Uint8Array(await crypto.subtle.deriveBits(algorithm, material, length * 8));
}

/**
 * Derive a 32-byte subkey with an empty salt, as a non-extractable key.
 * @param {KeyMaterial} key
 * @param {string} label
 * @returns {Promise<CryptoKey>} for HKDF
 */
export async function subkey(key, label) {
  return importKey(await hkdf(key, NOTHING, label, 32));
}

/**
 * Derive a 32-byte subkey for HMAC-SHA-256 (RFC 2104), not extractable.
 * @param {KeyMaterial} key
 * @param {string} label
 * @returns {Promise<CryptoKey>}
 */
export async function hmacSubkey(key, label) {
  const raw = await hkdf(key, NOTHING, label, 32);
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", buffer(raw), algorithm, false, [
    "sign",
    "verify",
  ]);
  wipe(raw);
  return imported;
}

/**
 * Import raw bytes as a non-extractable HKDF key; the bytes are wiped.
 * @param {Uint8Array} raw
 * @returns {Promise<CryptoKey>}
 */
export async function importKey(raw) {
  const key = await importRaw(raw);
  wipe(raw);
  return key;
}

/**
 * @param {Uint8Array} raw
 * @returns {Promise<CryptoKey>}
 */
function importRaw(raw) {
  return crypto.subtle.importKey("raw", buffer(raw), "HKDF", false, ["deriveBits"]);
}
