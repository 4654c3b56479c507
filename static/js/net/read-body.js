/** Reads a response's body up to a size, so that one without an end does not fill the memory. */

// Far more than our server sends at once: a page of entries holds some 4 MiB, a file less than 32.
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * @param {Response} response
 * @returns {Promise<Uint8Array>}
 * @throws {RangeError} if the body is larger than any that our server sends
 */
export async function readBytes(response) {
  const reader = response.body?.getReader();
  /** @type {Uint8Array[]} */
  const chunks = [];
  let length = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done) break;
    length += value.length;
    if (length > MAX_BYTES) {
      void reader?.cancel().catch(() => {});
      throw new RangeError("the response is too large");
    }
    chunks.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * @param {Response} response
 * @returns {Promise<unknown>} undefined if it is not JSON, too large, or cut off
 */
export async function readJson(response) {
  try {
    return JSON.parse(new TextDecoder().decode(await readBytes(response)));
  } catch {
    return undefined;
  }
}
