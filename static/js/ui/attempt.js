/** Do what somebody has asked for, or say calmly why it did not work. */

import { notice } from "./notice.js";
import { sayError } from "./sentences.js";

/** @param {() => unknown} what */
export async function attempt(what) {
  try {
    await what();
  } catch (error) {
    notice(sayError(error));
  }
}
