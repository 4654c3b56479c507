/** What an error of sending an entry means for its next attempt. */

import { ApiError, NotConnectedError } from "../net/api.js";

const FULL_MS = 10 * 60_000; // so that whole photos are not uploaded repeatedly to a full space

/**
 * Whether a later retry may succeed.
 * @param {unknown} error
 */
export function isRetryable(error) {
  if (error instanceof NotConnectedError) return true;
  return error instanceof ApiError && [401, 429, 500, 503, 507].includes(error.status);
}

/**
 * Whether the space has ended, so that a retry can never succeed.
 * @param {unknown} error
 */
export function isSpaceEnded(error) {
  return error instanceof ApiError && error.error === "archived";
}

/**
 * Return how long to wait before the next attempt, in milliseconds.
 * @param {unknown} error
 * @param {unknown[]} [files] the entry's files
 * @returns {number}
 */
export function waitAfter(error, files) {
  if (!(error instanceof ApiError)) return 0;
  return error.error === "full" && files?.length ? FULL_MS : 1000 * error.retryAfter;
}
