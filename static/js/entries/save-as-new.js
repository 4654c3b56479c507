/**
 * Handles an edit of something that was deleted elsewhere meanwhile: one tap saves it as a new one.
 */

import { ApiError } from "../net/api.js";
import { clone, on, oneAtATime, part } from "../ui/dom.js";

/**
 * Whether it was deleted, in another tab or on another device.
 * @param {unknown} error
 */
export function isDeletedError(error) {
  return error instanceof ApiError && error.error === "gone";
}

/**
 * Show the notice beside the text, with the button that saves it.
 * @param {HTMLElement} container
 * @param {() => Promise<void>} save
 */
export function offerSaveAsNew(container, save) {
  const box = clone("as-new");
  on(box, "save-new", "click", oneAtATime(save));
  container.replaceChildren(box);
  part(box, "save-new").focus();
}
