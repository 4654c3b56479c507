/**
 * Converts a chosen photo into a picture that can be saved: in a worker, one at a time. Runs
 * without a DOM.
 */

import { pictureWorker, workerError } from "../session/trusted-types.js";
import { isOurPicture } from "../replica/picture-header.js";

const MOST_CHOSEN_BYTES = 50 * 1024 * 1024; // larger than any phone's camera produces
const PATIENCE_MS = 60_000;

/** @typedef {{ bytes: Uint8Array, width: number, height: number }} Drawn */
/** @typedef {{ whole: Drawn, small: Drawn }} Picture */

/** The file cannot be saved as a picture; `error` selects the sentence that says why. */
export class PictureError extends Error {
  /** @param {string} reason */
  constructor(reason) {
    super(reason);
    this.error = `picture-${reason}`;
  }
}

/**
 * Rotate a photo upright, scale it down, and drop the camera's metadata.
 * @param {File} file
 * @returns {Promise<Picture>}
 * @throws {PictureError | import("../session/trusted-types.js").NotLoaded}
 */
export function makePicture(file) {
  if (file.size > MOST_CHOSEN_BYTES) return Promise.reject(new PictureError("large"));
  return new Promise((resolve, reject) => {
    const worker = pictureWorker();
    const end = (/** @type {() => void} */ settle) => {
      clearTimeout(timer);
      worker.terminate();
      settle();
    };
    const no = (/** @type {string} */ reason) => end(() => reject(new PictureError(reason)));
    const timer = window.setTimeout(() => no("unreadable"), PATIENCE_MS);
    worker.onmessage = ({ data: { made, why } }) => {
      if (!made) no(why);
      else if (!isOurPicture(made.whole.bytes) || !isOurPicture(made.small.bytes)) no("unreadable");
      else end(() => resolve(made));
    };
    worker.onerror = (event) => {
      // an error in the worker, most often out of memory
      end(() => reject(workerError(event, new PictureError("unreadable"))));
    };
    worker.postMessage({ file });
  });
}
