/** Runs a requested action, and says calmly if it did not work. */

import { showToast } from "./toast.js";
import { errorMessage } from "./i18n.js";

/** @param {() => unknown} action */
export async function withErrorNotice(action) {
  try {
    await action();
  } catch (error) {
    showToast(errorMessage(error));
  }
}
