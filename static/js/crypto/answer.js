/**
 * Sealed answers (protocol §8): the key depends on a share that the server withholds until the
 * answer may be read.
 */

import { concat, sha256, utf8 } from "./bytes.js";
import { hkdf, importKey } from "./hkdf.js";

const EMPTY = new Uint8Array(0);

/**
 * @param {string} stableId of a question in the catalogue
 * @returns {Promise<Uint8Array>} 16 bytes
 */
export async function questionId(stableId) {
  return (await sha256(utf8(`ss/v1/question${stableId}`))).slice(0, 16);
}

/**
 * Derive the reference by which the server pairs answers without learning which question it is.
 * @param {import("./hkdf.js").KeyMaterial} root the space key
 * @param {Uint8Array} question 16 bytes
 * @returns {Promise<Uint8Array>} 16 bytes
 */
export function answerRef(root, question) {
  return hkdf(root, EMPTY, concat(utf8("ss/v1/space/question"), question), 16);
}

/**
 * Derive the key of one answer.
 * @param {CryptoKey} answer the space's key for answers
 * @param {Uint8Array} share 32 bytes
 * @param {Uint8Array} ref 16 bytes
 * @param {Uint8Array} author 16 bytes
 * @returns {Promise<CryptoKey>} for HKDF, not extractable
 */
export async function answerKey(answer, share, ref, author) {
  return importKey(await hkdf(answer, share, concat(utf8("ss/v1/answer"), ref, author), 32));
}

/**
 * Derive the id of a member's entry that records which question lies on the table.
 * @param {import("./hkdf.js").KeyMaterial} root the space key
 * @param {Uint8Array} author 16 bytes
 * @returns {Promise<Uint8Array>} 16 bytes
 */
export function tableId(root, author) {
  return hkdf(root, EMPTY, concat(utf8("ss/v1/space/table"), author), 16);
}
