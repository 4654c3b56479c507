/** Runs a requested action, and says calmly if it did not work. */

import { showToast } from "./toast.js";
import { errorMessage } from "./i18n.js";

/** @param {() => unknown} what */
export async function withErrorNotice(what) {
  try {
    await what();
  } catch (error) {
    showToast(errorMessage(error));
  }
}
