/** What is being done, in words; and what is ready, to be saved as a file. */

import { showClosed } from "../safety/open-only-me.js";
import { fill, input, part, show } from "../ui/dom.js";
import { say, sayError } from "../ui/sentences.js";

/**
 * Ask how much, where there is more than one's own; while "Only me" is closed here, ask for its
 * code.
 * @param {HTMLElement} root
 * @param {import("../app.js").App} app
 * @returns {() => boolean} whether with what is shared
 */
export function howMuch(root, app) {
  const { shared, archives, onlyMe } = app.journals;
  show(root, "form", !onlyMe.closed);
  // the page is shown anew once it is open
  if (onlyMe.closed) showClosed(part(root, "only-me"), onlyMe);
  const more = shared !== null || archives.length > 0;
  show(root, "choice", more);
  return () => more && input(root, "ours").checked;
}

/** @param {HTMLElement} root @param {string} key @param {number} [fraction] */
export function tell(root, key, fraction) {
  fill(root, { step: say(key) });
  show(root, "doing", true);
  const bar = /** @type {HTMLProgressElement} */ (part(root, "bar"));
  if (fraction === undefined) bar.removeAttribute("value");
  else bar.value = fraction;
}

/**
 * Do something that takes a while; a trouble gets its sentence.
 * @param {HTMLElement} root
 * @param {() => Promise<void>} what
 * @returns {Promise<boolean>} whether it went well
 */
export async function attempt(root, what) {
  show(root, "trouble", false);
  try {
    await what();
    return true;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) {
      fill(root, { trouble: sayError(error) });
      show(root, "trouble", true);
    }
    return false;
  } finally {
    show(root, "doing", false);
  }
}

/**
 * Offer a file.
 * @param {HTMLElement} root
 * @param {Blob} file
 * @param {{ name: string, says: string, left: boolean }} about
 * @returns {string} its address, to be given back
 */
export function offer(root, file, { name, says, left }) {
  const save = /** @type {HTMLAnchorElement} */ (part(root, "save"));
  save.href = URL.createObjectURL(file);
  save.download = name;
  fill(root, { "ready-says": says });
  show(root, "left", left);
  show(root, "form", false);
  show(root, "ready", true);
  save.focus();
  return save.href;
}

/** The day, as a file's name has it. @param {Date} date */
export function dated(date) {
  return date.toISOString().slice(0, 10);
}
