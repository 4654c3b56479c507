/**
 * Uploads by XMLHttpRequest, because `fetch` reports no progress. An upload is aborted after a
 * minute without progress, and not after a total time: a slow connection may take as long as it
 * needs.
 */

const STALLED_MS = 60_000;

/**
 * `body` is the parsed JSON, null for none; `retryAfter` the header of that name.
 * @typedef {{ status: number, body: unknown, retryAfter: string | null }} Answer
 */

/**
 * PUT a box; rejects if no response arrived.
 * @param {string} address
 * @param {Uint8Array} box
 * @param {Record<string, string>} headers
 * @param {(fraction: number) => void} progress
 * @returns {Promise<Answer>}
 */
export function upload(address, box, headers, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer = 0;
    const stillComing = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => request.abort(), STALLED_MS);
    };
    const end = (/** @type {() => void} */ settle) => () => {
      clearTimeout(timer);
      settle();
    };
    request.open("PUT", address);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      stillComing();
      progress(total ? loaded / total : 0);
    };
    request.onload = end(() => {
      const retryAfter = request.getResponseHeader("Retry-After");
      resolve({ status: request.status, body: read(request.responseText), retryAfter });
    });
    request.onerror = end(() => reject(new Error("no answer")));
    request.onabort = end(() => reject(new Error("no answer")));
    stillComing();
    request.send(/** @type {XMLHttpRequestBodyInit} */ (box));
  });
}

/**
 * @param {string} text
 * @returns {unknown}
 */
function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
