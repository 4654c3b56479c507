/**
 * The recovery sheet (protocol §6): 128 secret bits and a 20-bit checksum in Crockford's Base32,
 * six groups of five. Reading ignores case, spaces and punctuation, and accepts I, L and O.
 */

import { concat, sha256, utf8, wipe } from "./bytes.js";
import { hkdf } from "./hkdf.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET_BITS = 128;
const CHECK_BITS = 20;
const LETTERS = 30;
const NOTHING = new Uint8Array(0);

/** What may have been mistyped: the length, a character that no sheet has, or some character. */
export class InvalidSheetError extends Error {
  /** @param {"length" | "character" | "check"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * @param {Uint8Array} secret 16 bytes
 * @returns {Promise<string>} 20 bits as "0" and "1"
 */
async function checkBits(secret) {
  const hash = await sha256(concat(utf8("ss/v1/recovery/check"), secret));
  return bitsOf(hash).slice(0, CHECK_BITS);
}

/** @param {Uint8Array} bytes */
function bitsOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
}

/**
 * Encode a sheet.
 * @param {Uint8Array} secret 16 bytes
 * @returns {Promise<string>} "XXXXX-XXXXX-XXXXX-XXXXX-XXXXX-XXXXX"
 */
export async function encode(secret) {
  if (secret.length !== 16) throw new TypeError("a sheet's secret has 16 bytes");
  const bits = `${bitsOf(secret)}00${await checkBits(secret)}`;
  const letters = (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[parseInt(five, 2)]);
  return (letters.join("").match(/.{5}/g) ?? []).join("-");
}

/**
 * Return the characters of a sheet or of a part of it, regardless of how they were typed.
 * @param {string} text
 * @returns {string} upper-case letters and digits without separators
 */
export function lettersIn(text) {
  const letters = text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{P}\p{Cf}]+/gu, "");
  return letters.replace(/[IL]/g, "1").replace(/O/g, "0");
}

/**
 * Decode a sheet.
 * @param {string} text
 * @returns {Promise<Uint8Array>} 16 bytes
 * @throws {InvalidSheetError}
 */
export async function decode(text) {
  const letters = lettersIn(text);
  if ([...letters].some((letter) => !ALPHABET.includes(letter)))
    throw new InvalidSheetError("character");
  if (letters.length !== LETTERS) throw new InvalidSheetError("length");
  const bits = [...letters]
    .map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const secret = Uint8Array.from(bits.slice(0, SECRET_BITS).match(/.{8}/g) ?? [], (byte) =>
    parseInt(byte, 2),
  );
  const tail = bits.slice(SECRET_BITS);
  if (tail !== `00${await checkBits(secret)}`) {
    wipe(secret);
    throw new InvalidSheetError("check");
  }
  return secret;
}

/**
 * @param {Uint8Array} secret 16 bytes
 * @returns {Promise<{ kek: Uint8Array, auth: Uint8Array }>} 32 bytes each
 */
export async function recoveryKeys(secret) {
  return {
    kek: await hkdf(secret, NOTHING, "ss/v1/kek/recovery", 32),
    auth: await hkdf(secret, NOTHING, "ss/v1/recovery/auth", 32),
  };
}

/**
 * Derive the verifier that the server stores.
 * @param {Uint8Array} auth
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function verifier(auth) {
  return sha256(auth);
}
