/**
 * Reads a picture's type and size from its header. This is done before anything is decoded, so that
 * a small file which would expand to gigabytes is never decoded. Pure: bytes in, facts out. The
 * result is null for anything but a picture, or for a truncated one.
 */

export const LONGEST_SIDE = 2048; // pixels, of a picture as we store it
// of a chosen one: above any phone's camera, below a decompression bomb
export const MAX_PIXELS = 100_000_000;

/** @typedef {"jpeg" | "png" | "gif" | "webp" | "heif"} Kind */
/** @typedef {{ kind: Kind, width: number, height: number }} Header */

/**
 * @param {Uint8Array} bytes
 * @returns {Header | null}
 */
export function pictureHeader(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const found = jpeg(view) ?? png(view) ?? gif(view) ?? webp(view) ?? heif(view);
    return found && found.width > 0 && found.height > 0 ? found : null;
  } catch {
    return null; // the header is truncated
  }
}

/**
 * Whether these are the bytes of a picture in the form in which we store it.
 * @param {Uint8Array} bytes
 */
export function isOurPicture(bytes) {
  const found = pictureHeader(bytes);
  return found?.kind === "jpeg" && Math.max(found.width, found.height) <= LONGEST_SIDE;
}

/**
 * @param {DataView} view
 * @param {number} at
 * @param {number} length
 */
function text(view, at, length) {
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));
}

/**
 * ISO/IEC 10918-1: follow the markers to the frame header, which contains the size.
 * @param {DataView} view
 * @returns {Header | null}
 */
function jpeg(view) {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    const frame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (frame) {
      return { kind: "jpeg", width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    }
    if (marker === 0xff)
      at += 1; // a fill byte
    else if (marker === 0xd9 || marker === 0xda)
      return null; // the end of the image, or pixels before a frame header
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + view.getUint16(at + 2);
  }
}

/**
 * @param {DataView} view
 * @returns {Header | null}
 */
function png(view) {
  const signed = view.getUint32(0) === 0x89504e47 && view.getUint32(4) === 0x0d0a1a0a;
  if (!signed || text(view, 12, 4) !== "IHDR") return null;
  return { kind: "png", width: view.getUint32(16), height: view.getUint32(20) };
}

/**
 * @param {DataView} view
 * @returns {Header | null}
 */
function gif(view) {
  if (!/^GIF8[79]a$/.test(text(view, 0, 6))) return null;
  return { kind: "gif", width: view.getUint16(6, true), height: view.getUint16(8, true) };
}

/**
 * @param {DataView} view
 * @returns {Header | null}
 */
function webp(view) {
  if (text(view, 0, 4) !== "RIFF" || text(view, 8, 4) !== "WEBP") return null;
  const uint24 = (/** @type {number} */ at) =>
    view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  const size = (/** @type {number} */ width, /** @type {number} */ height) =>
    /** @type {Header} */ ({ kind: "webp", width, height });
  switch (text(view, 12, 4)) {
    case "VP8X":
      return size(uint24(24) + 1, uint24(27) + 1);
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
    }
    case "VP8 ":
      return size(view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff);
    default:
      return null;
  }
}

const HEIF_HEAD = 256 * 1024; // its boxes come before its pixels

/**
 * HEIC and AVIF: the largest size that any part of it has.
 * @param {DataView} view
 * @returns {Header | null}
 */
function heif(view) {
  if (text(view, 4, 4) !== "ftyp" || !/^(hei|hev|mif1|msf1|avi)/.test(text(view, 8, 4)))
    return null;
  let width = 0;
  let height = 0;
  const end = Math.min(view.byteLength, HEIF_HEAD) - 16;
  for (let at = 16; at < end; at++) {
    if (view.getUint32(at) !== 0x69737065) continue; // "ispe"
    width = Math.max(width, view.getUint32(at + 8));
    height = Math.max(height, view.getUint32(at + 12));
  }
  return { kind: "heif", width, height };
}
