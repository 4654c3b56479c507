/**
 * Derives a login from the name that a person wrote. The server accepts a–z, digits, dots and
 * dashes (protocol §1), but a person may be called José. Runs without a DOM.
 */

import { loginPattern } from "../crypto/password.js";

const LONGEST = 32;
const BASE = 24; // leaves room for a dash and the digits
/** Letters that Unicode does not decompose into one of a–z and a mark. */
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

/**
 * Return the login for a written name: "José María" is "jose-maria". A name that is already a valid
 * login is returned unchanged.
 * @param {string} written
 * @returns {string} "" if too little of the name remains
 */
export function toLogin(written) {
  const login = toAscii(written);
  return loginPattern.test(login) ? login : "";
}

/**
 * Return another login, for a name that is taken, too short, or written in letters other than a–z.
 * @param {string} written
 * @param {string} instead the beginning if nothing of the written name remains
 * @returns {string} a login that ends in four random digits
 */
export function alternativeLogin(written, instead) {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  const base = toAscii(written).slice(0, BASE) || toAscii(instead);
  return `${base.replace(/[._-]+$/, "")}-${1000 + (random % 9000)}`;
}

/** @param {string} written */
function toAscii(written) {
  return written
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replace(/[ßæœøłđðþı]/g, (letter) => LETTERS[/** @type {keyof typeof LETTERS} */ (letter)])
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[._-]+/, "")
    .slice(0, LONGEST)
    .replace(/[._-]+$/, "");
}
