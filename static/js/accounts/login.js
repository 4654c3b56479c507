/**
 * The name somebody signs in with, made of the name they wrote. The server takes a–z, numbers,
 * dots and dashes (protocol §1); a person may be called José. Knows no DOM.
 */

import { loginPattern } from "../crypto/password.js";

const LONGEST = 32;
const BASE = 24; // leaves room for a dash and the numbers
/** Letters that Unicode does not take apart into one of a–z and a mark. */
const LETTERS = { ß: "ss", æ: "ae", œ: "oe", ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ı: "i" };

/**
 * Return the sign-in name of a written name: "José María" is "jose-maria". A name that can be used
 * as it stands is not changed.
 * @param {string} written
 * @returns {string} "" where too little of it remains
 */
export function toLogin(written) {
  const login = toAscii(written);
  return loginPattern.test(login) ? login : "";
}

/**
 * Return another sign-in name, for one that is taken, too short, or in letters that are not a–z.
 * @param {string} written
 * @param {string} instead what it begins with where nothing of the written name remains
 * @returns {string} it ends in four random digits
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
