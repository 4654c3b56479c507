/** A form that makes a key: it shows that it is at work, and says calmly what went wrong. */

import { CannotOpen } from "../crypto/envelope.js";
import { ApiError } from "../net/api.js";
import { onSubmit, part, show } from "../ui/dom.js";
import { say, sayError } from "../ui/sentences.js";
import { Refused } from "./password-choice.js";

/**
 * @param {HTMLElement} root with the parts form, making, progress, trouble
 * @param {(progress: (fraction: number | null) => void) => Promise<void>} make
 * @param {{ wrong?: string }} [sentences] another sentence for 401
 */
export function making(root, make, { wrong } = {}) {
  const bar = /** @type {HTMLProgressElement} */ (part(root, "progress"));
  const progress = (/** @type {number | null} */ fraction) => {
    if (fraction === null) bar.removeAttribute("value");
    else bar.value = fraction;
  };
  onSubmit(root, "form", async () => {
    tell(root, "");
    show(root, "making", true);
    show(root, "slowly", typeof WebAssembly === "undefined");
    try {
      await make(progress);
    } catch (error) {
      tell(root, sentence(error, wrong));
    } finally {
      show(root, "making", false);
    }
  });
}

/** @param {HTMLElement} root @param {string} text */
function tell(root, text) {
  const place = part(root, "trouble");
  place.textContent = text;
  place.hidden = !text;
}

/** @param {unknown} error @param {string | undefined} wrong @returns {string} */
function sentence(error, wrong) {
  if (error instanceof Refused) return error.message;
  if (error instanceof CannotOpen) return say("cannot-open-account");
  if (wrong && error instanceof ApiError && error.error === "wrong") return say(wrong);
  return sayError(error);
}
