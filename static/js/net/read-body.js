/** Reads a response's body up to a size, so that one without an end does not fill the memory. */

// Far more than our server sends at once: a page of entries holds some 4 MiB, a file less than 32.
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * @param {Response} response
 * @returns {Promise<Uint8Array>}
 * @throws {RangeError} if the body is larger than any that our server sends
 */
export async function readBytes(response) {
  if (statedLength(response) <= MAX_BYTES) return new Uint8Array(await response.arrayBuffer());
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
 * How long a response can be: an HTTP/1 response ends where Content-Length says, unless
 * Transfer-Encoding overrides it (RFC 9112, 6.3), and an HTTP/2 one that goes on is malformed
 * (RFC 9113, 8.1.1). Where that is known the browser reads the body itself, because a body read by
 * a reader is often reported as aborted in Chromium, though all of it came.
 * @param {Response} response
 * @returns {number} bytes
 */
function statedLength({ headers }) {
  const length = headers.get("Content-Length");
  const another = headers.has("Content-Encoding") || headers.has("Transfer-Encoding");
  return length === null || another ? Infinity : Number(length);
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
