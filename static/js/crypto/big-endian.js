/** Unsigned integers and lengths as bytes, in network order (protocol §2). Pure. */

import { concat } from "./bytes.js";

/**
 * Encode as two bytes, big-endian.
 * @param {number} value
 * @returns {Uint8Array}
 */
export function u16(value) {
  return new Uint8Array([value >> 8, value & 255]);
}

/**
 * Encode as four bytes, big-endian.
 * @param {number} value
 * @returns {Uint8Array}
 */
export function u32(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/**
 * Encode as eight bytes, big-endian.
 * @param {number} value an integer up to 2^53 − 1
 * @returns {Uint8Array}
 */
export function u64(value) {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError("not a whole number");
  const bytes = new Uint8Array(8);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Math.floor(value / 2 ** 32));
  view.setUint32(4, value % 2 ** 32);
  return bytes;
}

/**
 * Prefix bytes with their length as a u16 (protocol §2).
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function lp2(bytes) {
  if (bytes.length > 0xffff) throw new TypeError("too long");
  return concat(u16(bytes.length), bytes);
}
