/** A chosen photo, made into one that can be kept: in a worker, one at a time. Knows no DOM. */

import { pictureWorker, workerError } from "../session/trusted-types.js";
import { isOurPicture } from "../replica/picture-header.js";

const MOST_CHOSEN_BYTES = 50 * 1024 * 1024; // more than any phone's camera makes
const PATIENCE_MS = 60_000;

/** @typedef {{ bytes: Uint8Array, width: number, height: number }} Drawn */
/** @typedef {{ whole: Drawn, small: Drawn }} Picture */

/** This cannot be kept as a picture; `error` says why, for the sentence. */
export class PictureError extends Error {
  /** @param {string} why */
  constructor(why) {
    super(why);
    this.error = `picture-${why}`;
  }
}

/**
 * Turn it upright, make it as small as it may be, and leave out what the camera wrote beside it.
 * @param {File} file
 * @returns {Promise<Picture>}
 * @throws {PictureError | import("../session/trusted-types.js").NotLoaded}
 */
export function makePicture(file) {
  if (file.size > MOST_CHOSEN_BYTES) return Promise.reject(new PictureError("large"));
  return new Promise((resolve, reject) => {
    const worker = pictureWorker();
    const end = (/** @type {() => void} */ how) => {
      clearTimeout(timer);
      worker.terminate();
      how();
    };
    const no = (/** @type {string} */ why) => end(() => reject(new PictureError(why)));
    const timer = window.setTimeout(() => no("unreadable"), PATIENCE_MS);
    worker.onmessage = ({ data: { made, why } }) => {
      if (!made) no(why);
      else if (!isOurPicture(made.whole.bytes) || !isOurPicture(made.small.bytes)) no("unreadable");
      else end(() => resolve(made));
    };
    worker.onerror = (event) => {
      // where it ran: out of memory, most of the time
      end(() => reject(workerError(event, new PictureError("unreadable"))));
    };
    worker.postMessage({ file });
  });
}
