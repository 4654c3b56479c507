/**
 * The worker that handles the original photo. It is decoded, rotated upright and drawn anew, so
 * that only its pixels are kept: no location, no time, no camera. Its own Content Security Policy
 * allows it no network access.
 */

import { stripJpeg } from "./strip-jpeg.js";
import { LONGEST_SIDE, MAX_PIXELS, pictureHeader } from "../replica/picture-header.js";

const MOST_BYTES = 8 * 1024 * 1024; // of a sealed file's body (protocol §5)
const SMALL_SIDE = 512;
const QUALITIES = [0.88, 0.75, 0.6, 0.4];

/** The image is not supported; reported to the person who chose it. */
class UnsupportedImageError extends Error {}

self.onmessage = async ({ data }) => {
  try {
    self.postMessage({ made: await make(data.file) });
  } catch (error) {
    self.postMessage({
      why: error instanceof UnsupportedImageError ? error.message : "unreadable",
    });
  }
};

/** @param {File} file */
async function make(file) {
  if (typeof OffscreenCanvas !== "function") throw new UnsupportedImageError("old-browser");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const header = pictureHeader(bytes);
  if (!header) throw new UnsupportedImageError("no-picture");
  if (header.width * header.height > MAX_PIXELS) throw new UnsupportedImageError("vast");
  const decoded = await decode(new Blob([bytes]), header.kind);
  try {
    const whole = await draw(decoded, LONGEST_SIDE);
    const small = await draw(decoded, SMALL_SIDE);
    return { whole, small };
  } finally {
    decoded.close();
  }
}

/**
 * @param {Blob} blob
 * @param {import("../replica/picture-header.js").Kind} kind
 */
async function decode(blob, kind) {
  try {
    return await createImageBitmap(blob, { imageOrientation: "from-image" });
  } catch {
    throw new UnsupportedImageError(kind === "heif" ? "heif" : "unreadable");
  }
}

/**
 * @param {ImageBitmap} decoded
 * @param {number} side
 * @returns {Promise<{ bytes: Uint8Array, width: number, height: number }>}
 */
async function draw(decoded, side) {
  const scale = Math.min(1, side / Math.max(decoded.width, decoded.height));
  const width = Math.max(1, Math.round(decoded.width * scale));
  const height = Math.max(1, Math.round(decoded.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new UnsupportedImageError("old-browser");
  context.fillStyle = "#fff"; // a paper colour behind transparent pixels
  context.fillRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  context.drawImage(decoded, 0, 0, width, height);
  for (const quality of QUALITIES) {
    const blob = await canvas.convertToBlob({ type: "image/jpeg", quality });
    if (blob.size > MOST_BYTES) continue;
    return { bytes: stripJpeg(new Uint8Array(await blob.arrayBuffer())), width, height };
  }
  throw new UnsupportedImageError("vast");
}
