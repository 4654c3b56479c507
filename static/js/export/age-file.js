/**
 * Encrypts an archive with a passphrase, and decrypts it: in a worker, as the key derivation takes
 * a few seconds.
 */

import { readings } from "../crypto/password.js";
import { ageWorker, workerError } from "../session/trusted-types.js";

const MARK = "age-encryption.org/v1\n";

/** Wrong passphrase, or a damaged file: `error` says which. */
export class DecryptError extends Error {
  /** @param {"other-words" | "altered"} error */
  constructor(error) {
    super(error);
    this.error = error;
  }
}

/** @param {Blob} file */
export async function isAgeFile(file) {
  return (await file.slice(0, MARK.length).text()) === MARK;
}

/**
 * Normalise a passphrase for encryption: its spaces and accents in one form.
 * @param {string} words
 */
export function normalisePassphrase(words) {
  return words.normalize("NFC").trim().replace(/\s+/g, " ");
}

/**
 * @param {Blob} file
 * @param {string} words
 * @returns {Promise<Blob>}
 */
export function encryptFile(file, words) {
  return runWorker("seal", file, words);
}

/**
 * Decrypt a file; six words are read as leniently as at sign-in (protocol §3).
 * @param {Blob} file
 * @param {string} words as typed
 * @returns {Promise<Blob>}
 * @throws {DecryptError}
 */
export async function decryptFile(file, words) {
  const [first = words, exact] = readings(normalisePassphrase(words));
  try {
    return await runWorker("open", file, first);
  } catch (error) {
    const other = error instanceof DecryptError && error.error === "other-words";
    if (!other || exact === undefined) throw error;
    return runWorker("open", file, exact);
  }
}

/**
 * @param {"seal" | "open"} way
 * @param {Blob} file
 * @param {string} words
 * @returns {Promise<Blob>}
 */
function runWorker(way, file, words) {
  return new Promise((resolve, reject) => {
    const worker = ageWorker();
    const end = (/** @type {() => void} */ settle) => {
      worker.terminate();
      settle();
    };
    worker.onmessage = ({ data }) =>
      end(() => (data.file ? resolve(data.file) : reject(new DecryptError(data.error))));
    worker.onerror = (event) =>
      end(() => reject(workerError(event, new Error("the worker stopped"))));
    worker.postMessage({ way, file, words: normalisePassphrase(words) });
  });
}
