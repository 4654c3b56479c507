/** Shows the progress of an export or import, and offers the finished file for download. */

import { mountPinPrompt } from "../ui/pin-prompt.js";
import { fill, input, part, setVisible } from "../ui/dom.js";
import { t, errorMessage } from "../ui/i18n.js";
import { objectUrl } from "../ui/lifetime.js";

/**
 * Show the choice to include what is shared, if there is any; or the PIN prompt while private
 * entries are locked on this device.
 * @param {HTMLElement} root
 * @param {import("../services.js").Services} app
 * @returns {() => boolean} whether to include what is shared
 */
export function mountScopeChoice(root, app) {
  const { shared, archives, pinLock } = app.journals;
  setVisible(root, "form", !pinLock.isLocked);
  // the screen is rendered again after unlocking
  if (pinLock.isLocked) mountPinPrompt(part(root, "only-me"), pinLock);
  const more = shared !== null || archives.length > 0;
  setVisible(root, "choice", more);
  return () => more && input(root, "ours").checked;
}

/**
 * @param {HTMLElement} root
 * @param {string} key
 * @param {number} [fraction]
 */
export function showProgress(root, key, fraction) {
  fill(root, { step: t(key) });
  setVisible(root, "doing", true);
  const bar = /** @type {HTMLProgressElement} */ (part(root, "bar"));
  if (fraction === undefined) bar.removeAttribute("value");
  else bar.value = fraction;
}

/**
 * Run a task that takes a while, and show the sentence for its error.
 * @param {HTMLElement} root
 * @param {() => Promise<void>} action
 * @returns {Promise<boolean>} whether it succeeded
 */
export async function withProgress(root, action) {
  setVisible(root, "trouble", false);
  try {
    await action();
    return true;
  } catch (error) {
    if (!(error instanceof DOMException && error.name === "AbortError")) {
      fill(root, { trouble: errorMessage(error) });
      setVisible(root, "trouble", true);
    }
    return false;
  } finally {
    setVisible(root, "doing", false);
  }
}

/**
 * Offer a file for download.
 * @param {HTMLElement} root
 * @param {Blob} file
 * @param {{ name: string, says: string, left: boolean }} about
 * @param {AbortSignal} signal
 */
export function offerDownload(root, file, { name, says, left }, signal) {
  const save = /** @type {HTMLAnchorElement} */ (part(root, "save"));
  save.href = objectUrl(file, signal);
  save.download = name;
  fill(root, { "ready-says": says });
  setVisible(root, "left", left);
  setVisible(root, "form", false);
  setVisible(root, "ready", true);
  save.focus();
}

/**
 * Return the date as used in a file name.
 * @param {Date} date
 */
export function dateStamp(date) {
  return date.toISOString().slice(0, 10);
}
