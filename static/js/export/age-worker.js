/**
 * The worker that handles an archive's passphrase: it encrypts a file with age and decrypts such a
 * file (age-encryption.org/v1, by the age-encryption library). Its own Content Security Policy
 * allows it no network access.
 */

import { Decrypter, Encrypter } from "../../vendor/age-encryption/dist/index.js";

const OTHER_WORDS = "no identity matched any of the file's recipients";

self.onmessage = async ({ data }) => {
  const { way, file, words } = data;
  try {
    self.postMessage({ file: await (way === "seal" ? seal(file, words) : open(file, words)) });
  } catch (error) {
    const wrong = error instanceof Error && error.message === OTHER_WORDS;
    self.postMessage({ error: wrong ? "other-words" : "altered" });
  }
};

/**
 * @param {Blob} file
 * @param {string} words
 * @returns {Promise<Blob>}
 */
async function seal(file, words) {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(words);
  return new Response(await encrypter.encrypt(file.stream())).blob();
}

/**
 * @param {Blob} file
 * @param {string} words
 * @returns {Promise<Blob>}
 */
async function open(file, words) {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(words);
  return new Response(await decrypter.decrypt(file.stream())).blob();
}
