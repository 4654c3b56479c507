/**
 * The account key and the space key, and the keys derived from them (protocol §4). The page holds
 * them as non-extractable keys; raw bytes are wiped as soon as they are imported.
 */

import { CannotOpenError, open, seal } from "./envelope.js";
import { hmacSubkey, importKey, subkey } from "./hkdf.js";

/**
 * @typedef {{ data: CryptoKey, wrap: CryptoKey, ledger: CryptoKey, names: CryptoKey,
 *   authorTag: CryptoKey }} AccountKeys
 * @typedef {{ root: CryptoKey, data: CryptoKey, answer: CryptoKey, live: CryptoKey,
 *   member: CryptoKey }} SpaceKeys
 * @typedef {import("./hkdf.js").KeyMaterial} KeyMaterial
 */

/**
 * @param {Uint8Array} raw the 32-byte account key; the caller wipes it
 * @returns {Promise<AccountKeys>}
 */
export async function accountKeys(raw) {
  const [data, wrap, ledger, names, authorTag] = await Promise.all([
    subkey(raw, "ss/v1/acct/data"),
    subkey(raw, "ss/v1/acct/wrap"),
    subkey(raw, "ss/v1/acct/ledger"),
    subkey(raw, "ss/v1/acct/names"),
    hmacSubkey(raw, "ss/v1/acct/author-tag"),
  ]);
  return { data, wrap, ledger, names, authorTag };
}

/**
 * @param {Uint8Array} raw the 32-byte space key; wiped here
 * @returns {Promise<SpaceKeys>}
 */
export async function spaceKeys(raw) {
  const [data, answer, live, member] = await Promise.all([
    subkey(raw, "ss/v1/space/data"),
    subkey(raw, "ss/v1/space/answer"),
    subkey(raw, "ss/v1/space/live"),
    hmacSubkey(raw, "ss/v1/space/member"),
  ]);
  return { root: await importKey(raw), data, answer, live, member };
}

/** @param {Uint8Array} account 16 bytes */
function ofAccount(account) {
  return { scopeId: account, recordId: account, authorId: account, rev: 0 };
}

/**
 * Seal the account key under the password (kind 01) or the recovery sheet (kind 02).
 * @param {0x01 | 0x02} kind
 * @param {KeyMaterial} kek
 * @param {Uint8Array} account 16 bytes
 * @param {Uint8Array} accountKey 32 bytes
 * @returns {Promise<Uint8Array>} 124 bytes
 */
export function wrapAccountKey(kind, kek, account, accountKey) {
  return seal(kek, kind, ofAccount(account), accountKey);
}

/**
 * @param {0x01 | 0x02} kind
 * @param {KeyMaterial} kek
 * @param {Uint8Array} account
 * @param {Uint8Array} box
 * @returns {Promise<Uint8Array>} 32 bytes; the caller wipes them
 * @throws {CannotOpenError}
 */
export function unwrapAccountKey(kind, kek, account, box) {
  return open(kek, kind, ofAccount(account), box);
}

/** @typedef {{ scopeId: Uint8Array, recordId: Uint8Array, authorId: Uint8Array }} Whose */

/**
 * Seal the space key for the invited person (kind 04; fields: invitation, space, inviter) or for a
 * member (kind 05; fields: space, holder, holder).
 * @param {0x04 | 0x05} kind
 * @param {KeyMaterial} kek
 * @param {Whose} whose
 * @param {Uint8Array} spaceKey 32 bytes
 * @returns {Promise<Uint8Array>} 124 bytes
 */
export function wrapSpaceKey(kind, kek, whose, spaceKey) {
  return seal(kek, kind, { ...whose, rev: 0 }, spaceKey);
}

/**
 * @param {0x04 | 0x05} kind
 * @param {KeyMaterial} kek
 * @param {Whose} whose
 * @param {Uint8Array} box
 * @returns {Promise<Uint8Array>} 32 bytes; the caller wipes them
 * @throws {CannotOpenError}
 */
export function unwrapSpaceKey(kind, kek, whose, box) {
  return open(kek, kind, { ...whose, rev: 0 }, box);
}

export { CannotOpenError };
