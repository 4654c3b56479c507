/** Detects the type of a sound from its first bytes, whatever its name says. Pure. */

const MPEG_LAYER_III = 0x01;

/**
 * @param {Uint8Array} bytes
 * @returns {string} one of the supported types, or "" for anything else
 */
export function soundType(bytes) {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith("OggS")) return "audio/ogg";
  if (text.startsWith("\x1aE\xdf\xa3")) return "audio/webm";
  if (text.slice(4, 8) === "ftyp") return "audio/mp4";
  const [first = 0, second = 0] = bytes;
  const frame =
    first === 0xff && second >> 5 === 0b111 && ((second >> 1) & 0b11) === MPEG_LAYER_III;
  return text.startsWith("ID3") || frame ? "audio/mpeg" : "";
}
