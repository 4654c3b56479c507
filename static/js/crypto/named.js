/** Entries that are found by a name instead of a search (protocol §9). */

import { concat, utf8 } from "./bytes.js";
import { hkdf } from "./hkdf.js";

const EMPTY = new Uint8Array(0);

/**
 * The id of a member's own entry of a name: the same on all their devices, and nobody who lacks
 * the key can tell it from a random one.
 * @param {import("./hkdf.js").KeyMaterial} names the account's key for names, or the space key
 * @param {Uint8Array} author 16 bytes
 * @param {string} name
 * @returns {Promise<Uint8Array>} 16 bytes
 */
export function namedId(names, author, name) {
  return hkdf(names, EMPTY, concat(utf8("ss/v1/named"), author, utf8(name)), 16);
}
