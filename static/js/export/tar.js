/**
 * A tar file (POSIX ustar), which every computer can open: plain files, one after the other. Pure:
 * parts in, a Blob out; a Blob in, its files out, without holding them in memory. Rejected: a
 * header with a wrong checksum, anything but plain files with short names, and a truncated file.
 */

import { concat, fromUtf8, utf8 } from "../crypto/bytes.js";

const BLOCK = 512;
const NAME = { at: 0, length: 100 };
const SIZE = { at: 124, length: 12 };
const SUM = { at: 148, length: 8 };
const MAGIC = { at: 257, length: 6 };
const PLAIN_FILE = 0x30;

/** The file is not a tar file. */
export class TarError extends Error {}
/** The file is truncated. */
export class TruncatedError extends Error {}

/**
 * Build the header of a file.
 * @param {string} name ASCII, at most 100 characters
 * @param {number} size bytes
 * @param {number} time seconds since 1970
 * @returns {Uint8Array} 512 bytes
 */
export function tarHeader(name, size, time) {
  if (!/^[\w./-]{1,100}$/.test(name)) throw new TypeError("not a name for a tar file");
  const block = new Uint8Array(BLOCK);
  const put = (/** @type {number} */ at, /** @type {string} */ text) => block.set(utf8(text), at);
  put(NAME.at, name);
  put(100, "0000644\0" + "0000000\0" + "0000000\0");
  put(SIZE.at, `${octal(size, 11)}\0`);
  put(136, `${octal(time, 11)}\0`);
  put(156, "0");
  put(MAGIC.at, "ustar\0" + "00");
  put(SUM.at, `${octal(sum(block), 6)}\0 `);
  return block;
}

/**
 * Return the padding after a file of this size, up to the next block.
 * @param {number} size
 * @returns {Uint8Array}
 */
export function tarPadding(size) {
  return new Uint8Array((BLOCK - (size % BLOCK)) % BLOCK);
}

/**
 * Return the end of a tar file: two blocks of zeros.
 * @returns {Uint8Array}
 */
export function tarEnd() {
  return new Uint8Array(2 * BLOCK);
}

/**
 * Yield the files of a tar file, in order.
 * @param {Blob} tar
 * @returns {AsyncGenerator<{ name: string, file: Blob }>}
 * @throws {TarError | TruncatedError}
 */
export async function* readTar(tar) {
  for (let at = 0; ;) {
    const block = new Uint8Array(await tar.slice(at, at + BLOCK).arrayBuffer());
    if (block.length < BLOCK) throw at ? new TruncatedError() : new TarError();
    if (block.every((byte) => byte === 0)) {
      if (!at) throw new TarError();
      if (at + 2 * BLOCK > tar.size) throw new TruncatedError();
      return;
    }
    if (text(block, MAGIC) !== "ustar" || number(block, SUM) !== sum(block)) throw new TarError();
    if (block[156] !== PLAIN_FILE) throw new TarError();
    const size = number(block, SIZE);
    at += BLOCK;
    if (at + size > tar.size) throw new TruncatedError();
    yield { name: text(block, NAME), file: tar.slice(at, at + size) };
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
}

/**
 * Compute the header's checksum: the sum of all bytes, with the checksum field read as spaces.
 * @param {Uint8Array} block
 */
function sum(block) {
  const rest = concat(block.subarray(0, SUM.at), block.subarray(SUM.at + SUM.length));
  return rest.reduce((total, byte) => total + byte, SUM.length * 0x20);
}

/**
 * @param {number} value
 * @param {number} digits
 */
function octal(value, digits) {
  return Math.floor(value).toString(8).padStart(digits, "0");
}

/**
 * @param {Uint8Array} block
 * @param {{ at: number, length: number }} where
 */
function text(block, { at, length }) {
  const bytes = block.subarray(at, at + length);
  const end = bytes.indexOf(0);
  try {
    return fromUtf8(end < 0 ? bytes : bytes.subarray(0, end));
  } catch {
    throw new TarError();
  }
}

/**
 * @param {Uint8Array} block
 * @param {{ at: number, length: number }} where
 */
function number(block, where) {
  const digits = text(block, where).trim();
  if (!/^[0-7]{1,11}$/.test(digits)) throw new TarError();
  return parseInt(digits, 8);
}
