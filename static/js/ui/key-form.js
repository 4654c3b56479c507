/**
 * A form that makes a key: it shows that it is at work, and says calmly what went wrong. What
 * stands in it cannot be changed meanwhile, so that what is seen is what the key is made of.
 */

import { CannotOpenError } from "../crypto/envelope.js";
import { ApiError } from "../net/api.js";
import { onSubmit, part, setVisible } from "./dom.js";
import { t, errorMessage } from "./i18n.js";

/**
 * @param {HTMLElement} root with the parts form, making, progress, trouble
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
 * Let nothing that is seen in a form be changed. A field that only a password manager uses is
 * left alone, because managers save nothing from a field that is read-only.
 * @param {HTMLElement} form
 * @returns {() => void} lets it be changed again
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
  const place = part(root, "trouble");
  place.textContent = text;
  place.hidden = !text;
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

/** A sentence about what was typed. */
export class ValidationError extends Error {}
