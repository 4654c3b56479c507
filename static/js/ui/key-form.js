/**
 * A form that derives a key: it shows progress, and says calmly what went wrong. Its fields cannot
 * be changed meanwhile, so that the visible text is the one from which the key is derived.
 */

import { CannotOpenError } from "../crypto/envelope.js";
import { ApiError } from "../net/api.js";
import { onSubmit, part, setVisible } from "./dom.js";
import { t, errorMessage } from "./i18n.js";

/**
 * @param {HTMLElement} root has the parts form, making, progress, trouble
 * @param {(progress: (fraction: number | null) => void) => Promise<void>} make
 * @param {{ wrong?: string }} [sentences] another sentence for 401
 */
export function mountKeyForm(root, make, { wrong } = {}) {
  const bar = /** @type {HTMLProgressElement} */ (part(root, "progress"));
  const progress = (/** @type {number | null} */ fraction) => {
    if (fraction === null) bar.removeAttribute("value");
    else bar.value = fraction;
  };
  onSubmit(root, "form", async () => {
    showTrouble(root, "");
    const release = lockFields(part(root, "form"));
    setVisible(root, "making", true);
    setVisible(root, "slowly", typeof WebAssembly === "undefined");
    try {
      await make(progress);
    } catch (error) {
      showTrouble(root, messageFor(error, wrong));
    } finally {
      setVisible(root, "making", false);
      release();
    }
  });
}

/**
 * Make the visible fields of a form read-only. A hidden field for password managers is excluded,
 * because managers do not save a read-only field.
 * @param {HTMLElement} form
 * @returns {() => void} makes them editable again
 */
function lockFields(form) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const fields = form.querySelectorAll('input:not([readonly], [tabindex="-1"])');
  /** @type {NodeListOf<HTMLButtonElement>} */
  const buttons = form.querySelectorAll("button[type=button]:enabled");
  const set = (/** @type {boolean} */ held) => {
    for (const field of fields) field.readOnly = held;
    for (const button of buttons) button.disabled = held;
  };
  set(true);
  return () => set(false);
}

/**
 * @param {HTMLElement} root
 * @param {string} text
 */
function showTrouble(root, text) {
  const container = part(root, "trouble");
  container.textContent = text;
  container.hidden = !text;
}

/**
 * @param {unknown} error
 * @param {string | undefined} wrong
 * @returns {string}
 */
function messageFor(error, wrong) {
  if (error instanceof ValidationError) return error.message;
  if (error instanceof CannotOpenError) return t("cannot-open-account");
  if (wrong && error instanceof ApiError && error.error === "wrong") return t(wrong);
  return errorMessage(error);
}

/** Invalid input, with a sentence about it. */
export class ValidationError extends Error {}
