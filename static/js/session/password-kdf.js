/** Derives keys from a password, in a worker, so that the candle's animation does not stop. */

import { utf8, wipe } from "../crypto/bytes.js";
import { kdfSalt, normalise, passwordKeys } from "../crypto/password.js";
import { argon2Worker, workerError } from "./trusted-types.js";

/**
 * Derive the two keys of a password (protocol §3).
 * @param {string} login
 * @param {string} password as typed
 * @param {Uint8Array} seed 16 bytes
 * @param {(fraction: number | null) => void} [progress] null if the progress is unknown
 * @returns {Promise<{ authKey: Uint8Array, wrapKey: Uint8Array }>} 32 bytes each
 */
export async function derivePasswordKeys(login, password, seed, progress = () => {}) {
  const salt = await kdfSalt(login, seed);
  const root = await argon2(utf8(normalise(password)), salt, progress);
  try {
    return await passwordKeys(root);
  } finally {
    wipe(root);
  }
}

/**
 * @param {Uint8Array} password
 * @param {Uint8Array} salt
 * @param {(fraction: number | null) => void} progress
 * @returns {Promise<Uint8Array>} 32 bytes
 */
function argon2(password, salt, progress) {
  return new Promise((resolve, reject) => {
    const worker = argon2Worker();
    worker.onmessage = ({ data }) => {
      if (data.root) {
        worker.terminate();
        resolve(data.root);
      } else if (data.error) {
        worker.terminate();
        reject(new Error(data.error));
      } else {
        progress(data.progress ?? null);
      }
    };
    worker.onerror = (event) => {
      worker.terminate();
      reject(workerError(event, new Error("the key could not be made")));
    };
    worker.postMessage({ password, salt }, [password.buffer]);
  });
}
