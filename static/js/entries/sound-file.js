/**
 * Reads a chosen sound file. It is kept byte for byte if it is a sound, can be played here, and is
 * not too long.
 */

import { MAX_RECORDING_SECONDS } from "./recorder.js";
import { soundType } from "./sound-header.js";

const MOST_BYTES = 8 * 1024 * 1024; // the capacity of one sealed box
const PATIENCE_MS = 20_000;

/** @typedef {import("./recorder.js").Recording} Recording */

/** The file cannot be saved as a sound; `error` selects the sentence that says why. */
export class SoundError extends Error {
  /** @param {"large" | "long" | "none"} reason */
  constructor(reason) {
    super(reason);
    this.error = `sound-${reason}`;
  }
}

/**
 * @param {File} file
 * @returns {Promise<Recording>} `seconds` is 0 if unknown
 * @throws {SoundError}
 */
export async function readSound(file) {
  if (file.size > MOST_BYTES) throw new SoundError("large");
  const bytes = new Uint8Array(await file.arrayBuffer());
  const mime = soundType(bytes);
  if (!mime) throw new SoundError("none");
  const seconds = await durationOf(new Blob([/** @type {BlobPart} */ (bytes)], { type: mime }));
  if (seconds > MAX_RECORDING_SECONDS + 1) throw new SoundError("long");
  return { bytes, mime, seconds: Math.round(seconds) };
}

/**
 * Return the duration; a video would play here too, and is rejected.
 * @param {Blob} sound
 * @returns {Promise<number>} 0 if unknown
 */
function durationOf(sound) {
  const player = document.createElement("video");
  const address = URL.createObjectURL(sound);
  /** @type {Promise<number>} */
  const duration = new Promise((resolve, reject) => {
    const no = () => reject(new SoundError("none"));
    const timer = window.setTimeout(no, PATIENCE_MS);
    player.onerror = no;
    player.onloadedmetadata = () => {
      clearTimeout(timer);
      if (player.videoWidth > 0) no();
      else resolve(Number.isFinite(player.duration) ? player.duration : 0);
    };
  });
  player.preload = "metadata";
  player.src = address;
  return duration.finally(() => {
    player.removeAttribute("src");
    URL.revokeObjectURL(address);
  });
}
