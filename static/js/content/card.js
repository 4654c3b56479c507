/**
 * Encodes and decodes a counsellor's card in the fragment of its address (docs/protocol.md, §18). A
 * scanned card is untrusted input: only known forms and short plain words are accepted.
 */

import { concat, fromBase64Url, fromUtf8, sha256, toBase64Url, utf8 } from "../crypto/bytes.js";

/**
 * `kind`: a question, a ritual, or a matter of "Side by side". Either `id` (in the catalogue) or
 * `text` (the counsellor's own words) is "".
 * @typedef {{ kind: "question" | "ritual" | "matter", id: string, text: string }} Card
 */

const VERSION = "c1";
const LONGEST_TEXT = 160; // code points
export const LONGEST_FRAGMENT = 900; // characters: 160 letters of four bytes, in base64
const ID = /^[a-z][a-z0-9-]{0,39}$/;
/** @type {Record<string, Card["kind"]>} */
const KINDS = { q: "question", r: "ritual", m: "matter" };
const OWN_WORDS = "w"; // after the letter of a kind: a text follows instead of an id

/**
 * Whether a text may stand on a card: one short line as a person writes it. Rejected are control
 * and format characters (including those that change the direction of a text), line breaks, markup
 * characters, addresses, and stacked combining marks.
 * @param {string} text
 */
export function isCardText(text) {
  if ([...text].length > LONGEST_TEXT || !/\p{L}/u.test(text)) return false;
  if (text !== text.normalize("NFC") || text !== text.trim()) return false;
  return !/[\p{C}\p{Zl}\p{Zp}<>]|\p{M}{3}|\s\s|:\/\/|www\./iu.test(text);
}

/**
 * Write a card's fragment, without #.
 * @param {Card} card
 * @returns {string}
 */
export function writeCard({ kind, id, text }) {
  const letter = Object.keys(KINDS).find((letterOfKind) => KINDS[letterOfKind] === kind);
  return id
    ? `${VERSION}.${letter}.${id}`
    : `${VERSION}.${letter}${OWN_WORDS}.${toBase64Url(utf8(text))}`;
}

/**
 * Read a card from the fragment of its address.
 * @param {string} fragment without #
 * @returns {Card | null} null if this version does not know such a card
 */
export function readCard(fragment) {
  if (fragment.length > LONGEST_FRAGMENT) return null;
  const [version, form = "", value = "", ...more] = fragment.split(".");
  const [letter = "", own, ...rest] = form;
  const kind = Object.hasOwn(KINDS, letter) ? KINDS[letter] : null;
  if (version !== VERSION || more.length || rest.length || !kind) return null;
  if (own === undefined) return ID.test(value) ? { kind, id: value, text: "" } : null;
  const text = own === OWN_WORDS && kind !== "ritual" ? readText(value) : "";
  return text ? { kind, id: "", text } : null;
}

/**
 * @param {string} value base64url
 * @returns {string} "" if the text may not stand on a card
 */
function readText(value) {
  try {
    const text = fromUtf8(fromBase64Url(value));
    return isCardText(text) && toBase64Url(utf8(text)) === value ? text : "";
  } catch {
    return "";
  }
}

/**
 * Derive the id of a counsellor's own text in a space. It is the same for both members, so that a
 * card scanned by both is one item.
 * @param {string} text
 * @returns {Promise<string>} base64url of 16 bytes
 */
export async function cardTextId(text) {
  const hash = await sha256(concat(utf8("ss/v1/card"), utf8(text)));
  return toBase64Url(hash.slice(0, 16));
}
