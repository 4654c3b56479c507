/**
 * A sound that was chosen: kept byte for byte when it is one, can be played here, and is not too
 * long.
 */

import { MAX_RECORDING_SECONDS } from "../entries/recorder.js";
import { soundType } from "./sound-header.js";

const MOST_BYTES = 8 * 1024 * 1024; // one sealed box
const PATIENCE_MS = 20_000;

/** @typedef {import("../entries/recorder.js").Recording} Recording */

/** This cannot be kept as a sound; `error` says why, for the sentence. */
export class SoundError extends Error {
  /** @param {"large" | "long" | "none"} why */
  constructor(why) {
    super(why);
    this.error = `sound-${why}`;
  }
}

/**
 * @param {File} file
 * @returns {Promise<Recording>} `seconds` is 0 where nobody can tell
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
 * How long it plays; a film plays here too, and is none.
 * @param {Blob} sound
 * @returns {Promise<number>} 0 when it does not say
 */
function durationOf(sound) {
  const player = document.createElement("video");
  const address = URL.createObjectURL(sound);
  /** @type {Promise<number>} */
  const told = new Promise((resolve, reject) => {
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
  return told.finally(() => {
    player.removeAttribute("src");
    URL.revokeObjectURL(address);
  });
}
