/**
 * Fingerprint of the release that this site says it serves: the start of the SHA-256 of its
 * manifest (docs/verifying.md). It is computed here, but from what the site sends, so it shows that
 * two phones were given the same release, and not that the release is authentic.
 */

import { hex, sha256 } from "../crypto/bytes.js";

const DIGITS = 20; // the same length as in shared_space/release/manifest.py
const GROUP = /.{4}(?!$)/g;

/**
 * @returns {Promise<string>} five groups of four hexadecimal digits
 * @throws {Error} if the manifest cannot be fetched
 */
export async function releaseFingerprint() {
  const answer = await fetch("/static/manifest.json", { cache: "no-store", credentials: "omit" });
  if (!answer.ok) throw new Error(`the manifest answers ${answer.status}`);
  return fingerprint(new Uint8Array(await answer.arrayBuffer()));
}

/**
 * @param {Uint8Array} manifest
 * @returns {Promise<string>}
 */
export async function fingerprint(manifest) {
  return hex(await sha256(manifest))
    .slice(0, DIGITS)
    .replace(GROUP, "$& ");
}
