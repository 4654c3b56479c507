/**
 * Byte strings: concatenation, encodings, comparison. Pure; decoders accept only the canonical
 * encoding.
 */

const B64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const NO_SEXTET = 64;
/**
 * The value of each base64url letter by its character code. A table, because a journal of ten
 * thousand entries has fifteen million letters.
 */
const SEXTETS = Uint8Array.from({ length: 128 }, (_, code) => {
  const value = B64.indexOf(String.fromCharCode(code));
  return value < 0 ? NO_SEXTET : value;
});
/**
 * Newer browsers have native methods, which are ten times as fast.
 * @type {{ fromBase64?: (text: string, as: { alphabet: "base64url" }) => Uint8Array }}
 */
const NATIVE = /** @type {any} */ (Uint8Array);
const ENCODER = new TextEncoder();
const DECODER = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * Concatenate byte strings.
 * @param {...Uint8Array} parts
 * @returns {Uint8Array}
 */
export function concat(...parts) {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/**
 * Encode a text as UTF-8.
 * @param {string} text
 * @returns {Uint8Array}
 */
export function utf8(text) {
  return ENCODER.encode(text);
}

/**
 * Decode UTF-8; throws TypeError for malformed input.
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function fromUtf8(bytes) {
  return DECODER.decode(bytes);
}

/**
 * Encode as base64url without padding (RFC 4648 §5).
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function toBase64Url(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at;
    const bits = (byteAt(bytes, at) << 16) | (byteAt(bytes, at + 1) << 8) | byteAt(bytes, at + 2);
    for (let sextet = 0; sextet <= Math.min(left, 3); sextet++) {
      text += B64[(bits >> (18 - 6 * sextet)) & 63];
    }
  }
  return text;
}

/**
 * Decode base64url without padding; only the canonical encoding is accepted.
 * @param {string} text
 * @param {number} [length] the required length, in bytes
 * @returns {Uint8Array}
 * @throws {TypeError} for another alphabet, padding, trailing bits that are not zero, or length
 */
export function fromBase64Url(text, length) {
  if (typeof text !== "string" || text.length % 4 === 1) throw new TypeError("not base64url");
  const bytes = NATIVE.fromBase64 ? readByItself(text) : readByHand(text);
  if (length !== undefined && bytes.length !== length) throw new TypeError("another length");
  return bytes;
}

/**
 * Decode with the browser's native method, rejecting what that tolerates.
 * @param {string} text
 * @returns {Uint8Array}
 */
function readByItself(text) {
  // unused bits of the last letter
  const beyond = { 0: 0, 2: 15, 3: 3 }[text.length % 4] ?? 0;
  if (sextet(text, text.length - 1) & beyond) throw new TypeError("trailing bits");
  const bytes = fromBase64(text);
  // whitespace or padding
  if (bytes.length !== Math.floor((text.length * 3) / 4)) throw new TypeError("not base64url");
  return bytes;
}

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
function fromBase64(text) {
  try {
    return NATIVE.fromBase64?.(text, { alphabet: "base64url" }) ?? readByHand(text);
  } catch {
    throw new TypeError("not base64url"); // instead of the browser's SyntaxError
  }
}

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
function readByHand(text) {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  for (let index = 0, at = 0; index < text.length; index += 4, at += 3) {
    const bits =
      (sextet(text, index) << 18) |
      (sextet(text, index + 1) << 12) |
      (sextet(text, index + 2) << 6) |
      sextet(text, index + 3);
    bytes[at] = bits >> 16;
    bytes[at + 1] = bits >> 8; // writes beyond the end of a typed array are ignored
    bytes[at + 2] = bits;
    const left = bytes.length - at;
    if (left < 3 && bits & (0xffffff >> (8 * left))) throw new TypeError("trailing bits");
  }
  return bytes;
}

/**
 * @param {string} text
 * @param {number} index
 * @returns {number} 0 beyond the ends
 */
function sextet(text, index) {
  if (index < 0 || index >= text.length) return 0;
  const value = SEXTETS[text.charCodeAt(index)] ?? NO_SEXTET;
  if (value === NO_SEXTET) throw new TypeError("not base64url");
  return value;
}

/**
 * @param {Uint8Array} bytes
 * @returns {string} lower-case hexadecimal
 */
export function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * @param {string} text an even number of hexadecimal digits
 * @returns {Uint8Array}
 */
export function unhex(text) {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) throw new TypeError("not hexadecimal");
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/**
 * Compare in a time that depends only on the lengths.
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {boolean}
 */
export function equal(a, b) {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (let at = 0; at < a.length; at++) difference |= byteAt(a, at) ^ byteAt(b, at);
  return difference === 0;
}

/**
 * Overwrite with zeros.
 * @param {Uint8Array} bytes
 */
export function wipe(bytes) {
  bytes.fill(0);
}

/**
 * @param {number} length in bytes
 * @returns {Uint8Array} from the system's generator
 */
export function randomBytes(length) {
  return crypto.getRandomValues(new Uint8Array(length));
}

/**
 * SHA-256 (FIPS 180-4).
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", buffer(bytes)));
}

/**
 * Cast to the type that WebCrypto's declarations require.
 * @param {Uint8Array} bytes
 * @returns {BufferSource}
 */
export function buffer(bytes) {
  return /** @type {BufferSource} */ (bytes);
}

/**
 * @param {Uint8Array} bytes
 * @param {number} index
 * @returns {number} 0 beyond the end
 */
function byteAt(bytes, index) {
  return bytes[index] ?? 0;
}
