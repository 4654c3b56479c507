/**
 * Padding: a length and the body, filled with zeros to a length that tells little.
 * Padmé: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PoPETs 2019.
 * Refuses a length beyond the plaintext, another padded length, and padding that is not zero.
 */

import { concat, u32 } from "./bytes.js";

const LENGTH = 4; // bytes of the length in front

/**
 * Padmé of a length in bytes.
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
 * The padded length of a body.
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
 * @returns {Uint8Array | null} the body, or null when it is not what `pad` makes
 */
export function unpad(padded, floor) {
  if (padded.length < LENGTH) return null;
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  if (length > padded.length - LENGTH) return null;
  if (padded.length !== paddedLength(length, floor)) return null;
  for (let at = LENGTH + length; at < padded.length; at++) if (padded[at] !== 0) return null;
  return padded.slice(LENGTH, LENGTH + length);
}
