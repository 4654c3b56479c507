/**
 * Padding: a length and the body, filled with zeros to a length that reveals little about the
 * body's. Padmé: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PoPETs 2019.
 * Rejected: a length beyond the plaintext, another padded length, and padding that is not zero.
 */

import { u32 } from "./big-endian.js";
import { concat } from "./bytes.js";

const LENGTH = 4; // bytes of the length prefix

/**
 * Return the Padmé length of a length in bytes.
 * @param {number} n
 * @returns {number}
 */
export function padme(n) {
  if (n < 2) return n;
  const e = Math.floor(Math.log2(n));
  const s = Math.floor(Math.log2(e || 1)) + 1;
  const step = 2 ** Math.max(0, e - s);
  return Math.ceil(n / step) * step;
}

/**
 * Return the padded length of a body.
 * @param {number} length of the body
 * @param {number} floor
 * @returns {number}
 */
export function paddedLength(length, floor) {
  return Math.max(floor, padme(LENGTH + length));
}

/**
 * @param {Uint8Array} body
 * @param {number} floor
 * @returns {Uint8Array}
 */
export function pad(body, floor) {
  const front = concat(u32(body.length), body);
  const padded = new Uint8Array(paddedLength(body.length, floor));
  padded.set(front);
  return padded;
}

/**
 * @param {Uint8Array} padded
 * @param {number} floor
 * @returns {Uint8Array | null} the body, or null if `pad` would not have produced this
 */
export function unpad(padded, floor) {
  if (padded.length < LENGTH) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > padded.length - LENGTH) return null;
  if (padded.length !== paddedLength(length, floor)) return null;
  for (let at = LENGTH + length; at < padded.length; at++) if (padded[at] !== 0) return null;
  return padded.slice(LENGTH, LENGTH + length);
}
