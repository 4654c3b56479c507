/** Entries with a derived id, which are found by name instead of a search (protocol §9). */

import { concat, utf8 } from "./bytes.js";
import { hkdf } from "./hkdf.js";

const EMPTY = new Uint8Array(0);

/**
 * Derive the id of a member's own entry of a name. It is the same on all their devices, and without
 * the key it cannot be told from a random id.
 * @param {import("./hkdf.js").KeyMaterial} names the account's key for names, or the space key
 * @param {Uint8Array} author 16 bytes
 * @param {string} name
 * @returns {Promise<Uint8Array>} 16 bytes
 */
export function namedId(names, author, name) {
  return hkdf(names, EMPTY, concat(utf8("ss/v1/named"), author, utf8(name)), 16);
}
