/**
 * Removes everything but the pixels from a JPEG. Browsers that draw a picture anew drop the
 * camera's metadata, but some add a profile or a block of their own; that is removed too. Pure:
 * bytes in, bytes out. Throws RangeError if they are not a JPEG, or are truncated.
 */

import { concat } from "../crypto/bytes.js";

const COMMENT = 0xfe;
const SCAN = 0xda;
const NEEDED = [0xe0, 0xee]; // JFIF and Adobe: they define the interpretation of the colours

/**
 * @param {Uint8Array} bytes
 * @returns {Uint8Array}
 */
export function stripJpeg(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint16(0) !== 0xffd8) throw new RangeError("no JPEG");
  const kept = [bytes.subarray(0, 2)];
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) throw new RangeError("no marker");
    const marker = view.getUint8(at + 1);
    if (marker === SCAN) return concat(...kept, bytes.subarray(at)); // pixels from here on
    const end = at + 2 + view.getUint16(at + 2);
    const beside = marker === COMMENT || (marker >= 0xe0 && marker <= 0xef);
    if (!beside || NEEDED.includes(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
}
