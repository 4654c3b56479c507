/** Do what somebody has asked for, or say calmly why it did not work. */

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
