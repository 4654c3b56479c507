/**
 * Derives keys from a login and a password (protocol §3), and rejects weak passwords. Source: OWASP
 * Password Storage Cheat Sheet, NIST SP 800-63B (length over composition).
 */

import { lp2 } from "./big-endian.js";
import { concat, sha256, utf8 } from "./bytes.js";
import { hkdf } from "./hkdf.js";

export const loginPattern = /^[a-z0-9][a-z0-9._-]{1,30}[a-z0-9]$/;
const SHORTEST = 15;
const LONGEST = 128;
const KDF = 0x02;
export const SIX = 6;
const WORD = /^[a-z]{3,9}$/; // every word of static/words/ matches it, in any edition
const BETWEEN = /[\s\p{P}\p{Cf}]+/u; // spaces, hyphens, punctuation, and invisible characters
const NOTHING = new Uint8Array(0);
const APP = /shared\s*space/;
const COMMON = [
  "passwordpassword",
  "qwertyuiopasdfgh",
  "qwertyqwertyqwerty",
  "iloveyouiloveyou",
  "contraseñacontraseña",
  "contrasenacontrasena",
  "tequieromuchomucho",
  "correct horse battery staple",
  "abcdefghijklmnop",
];

/**
 * Normalise a password to NFKC, as it is hashed.
 * @param {string} password
 * @returns {string}
 */
export function normalise(password) {
  return password.normalize("NFKC");
}

/**
 * Read six words regardless of what a keyboard changed: capitals, accents, a space or full stop at
 * the end, hyphens or double spaces between. The form decides and not a list, because words that
 * were once given out must still open an account after the lists have changed.
 * @param {string} typed
 * @returns {string | null} the words as given out, joined by single spaces; null for any other form
 */
export function asSixWords(typed) {
  const letters = typed
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "");
  const words = letters.split(BETWEEN).filter(Boolean);
  return words.length === SIX && words.every((word) => WORD.test(word)) ? words.join(" ") : null;
}

/**
 * Return the readings of what was typed, in the order in which they are tried: it may be six words,
 * or a password of the person's own that looks like them (protocol §3).
 * @param {string} typed
 * @returns {string[]} one or two
 */
export function readings(typed) {
  const words = asSixWords(typed);
  return words === null || words === normalise(typed) ? [typed] : [words, typed];
}

/**
 * Return why a password is rejected, or "" if it is accepted.
 * @param {string} password
 * @param {string} login
 * @returns {"" | "short" | "long" | "common" | "login" | "app"}
 */
export function passwordProblem(password, login) {
  const text = normalise(password);
  const length = [...text].length;
  if (length < SHORTEST) return "short";
  if (length > LONGEST) return "long";
  const plain = text.toLowerCase();
  if (login && plain.includes(login.toLowerCase())) return "login";
  if (APP.test(plain)) return "app";
  const letters = plain.replace(/[\s._-]+/g, "");
  const known = COMMON.some((common) => letters.startsWith(common.replace(/\s+/g, "")));
  const repeated = /^(.{1,6})\1+.{0,5}$/u.test(letters) || isRun(letters);
  return known || repeated ? "common" : "";
}

/**
 * Whether a text only counts up or down, such as 123456789012345.
 * @param {string} text
 */
function isRun(text) {
  const codes = [...text].map((letter) => letter.codePointAt(0) ?? 0);
  const steps = codes.slice(1).map((code, at) => code - (codes[at] ?? 0));
  return (
    steps.every((step) => [1, -9].includes(step)) || steps.every((step) => [-1, 9].includes(step))
  );
}

/**
 * Derive the salt for Argon2id.
 * @param {string} login
 * @param {Uint8Array} seed 16 bytes
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export function kdfSalt(login, seed) {
  if (seed.length !== 16) throw new TypeError("a seed has 16 bytes");
  return sha256(concat(utf8("ss/v1/salt"), new Uint8Array([KDF]), lp2(utf8(login)), seed));
}

/**
 * Derive the two keys from Argon2id's output.
 * @param {Uint8Array} root Argon2id's output, 32 bytes
 * @returns {Promise<{ authKey: Uint8Array, wrapKey: Uint8Array }>} 32 bytes each
 */
export async function passwordKeys(root) {
  return {
    authKey: await hkdf(root, NOTHING, "ss/v1/auth", 32),
    wrapKey: await hkdf(root, NOTHING, "ss/v1/kek/password", 32),
  };
}
