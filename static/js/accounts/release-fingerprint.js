/**
 * The fingerprint of what this site says it serves: the start of the SHA-256 of its manifest
 * (docs/verifying.md). It is computed here, but from what the site sends: it shows that two phones
 * were told the same, and not that it is true.
 */

import { hex, sha256 } from "../crypto/bytes.js";

const DIGITS = 20; // as shared_space/release/manifest.py cuts it
const GROUP = /.{4}(?!$)/g;

/**
 * @returns {Promise<string>} five groups of four hexadecimal digits
 * @throws {Error} where the manifest cannot be fetched
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
