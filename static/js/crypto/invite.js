/**
 * Invitations (protocol §7): the link, its keys, the proof of joining, the safety words. Rejected:
 * a link of another version, a truncated one, and one with anything else in it.
 */

import { toBase64Url, buffer, concat, randomBytes, sha256, fromBase64Url, utf8 } from "./bytes.js";
import { hkdf } from "./hkdf.js";

const NOTHING = new Uint8Array(0);
const VERSION = "v1";
const ID_LETTERS = 22; // 16 bytes in base64url
const SECRET_LETTERS = 43; // 32 bytes

/** @typedef {{ id: Uint8Array, secret: Uint8Array }} Invite 16 and 32 bytes */

/** An invalid link: "cut" if its end is missing, "wrong" otherwise. */
export class InvalidLinkError extends Error {
  /** @param {"cut" | "wrong"} reason */
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

/** @returns {Invite} */
export function makeInvite() {
  return { id: randomBytes(16), secret: randomBytes(32) };
}

/**
 * Build the link. The secret stands behind #, because browsers do not send fragments to servers.
 * @param {string} origin
 * @param {string} language
 * @param {Invite} invite
 */
export function writeLink(origin, language, { id, secret }) {
  return `${origin}/${language}/join#${VERSION}.${toBase64Url(id)}.${toBase64Url(secret)}`;
}

/**
 * Read the invitation from the fragment of a link.
 * @param {string} fragment with or without #
 * @returns {Invite}
 * @throws {InvalidLinkError}
 */
export function readFragment(fragment) {
  const [version, id = "", secret = "", ...more] = fragment.replace(/^#/, "").split(".");
  if (version !== VERSION || more.length || /[^\w-]/.test(id + secret))
    throw new InvalidLinkError("wrong");
  if (id.length < ID_LETTERS || secret.length < SECRET_LETTERS) throw new InvalidLinkError("cut");
  try {
    return { id: fromBase64Url(id, 16), secret: fromBase64Url(secret, 32) };
  } catch {
    throw new InvalidLinkError("wrong");
  }
}

/**
 * @param {Uint8Array} secret 32 bytes
 * @param {Uint8Array} id 16 bytes
 * @returns {Promise<{ kek: Uint8Array, auth: Uint8Array }>} 32 bytes each
 */
export async function inviteKeys(secret, id) {
  const root = await hkdf(secret, NOTHING, concat(utf8("ss/v1/invite"), id), 32);
  return {
    kek: await hkdf(root, NOTHING, "ss/v1/kek/invite", 32),
    auth: await hkdf(root, NOTHING, "ss/v1/invite/auth", 32),
  };
}

/**
 * Derive the verifier that the server stores in place of `auth`.
 * @param {Uint8Array} auth
 * @returns {Promise<Uint8Array>}
 */
export function inviteVerifier(auth) {
  return sha256(auth);
}

/**
 * @param {Uint8Array} invite
 * @param {Uint8Array} inviter
 * @param {Uint8Array} acceptor
 */
function joined(invite, inviter, acceptor) {
  return buffer(concat(invite, inviter, acceptor));
}

/**
 * Compute the proof that the acceptor holds the space key.
 * @param {CryptoKey} member the space's HMAC key
 * @param {Uint8Array} invite 16 bytes
 * @param {Uint8Array} inviter 16 bytes
 * @param {Uint8Array} acceptor 16 bytes
 * @returns {Promise<Uint8Array>} 32 bytes
 */
export async function proof(member, invite, inviter, acceptor) {
  return new Uint8Array(
    await crypto.subtle.sign("HMAC", member, joined(invite, inviter, acceptor)),
  );
}

/**
 * @param {CryptoKey} member
 * @param {Uint8Array} invite
 * @param {Uint8Array} inviter
 * @param {Uint8Array} acceptor
 * @param {Uint8Array} given 32 bytes
 * @returns {Promise<boolean>}
 */
export function checkProof(member, invite, inviter, acceptor, given) {
  const data = joined(invite, inviter, acceptor);
  return crypto.subtle.verify("HMAC", member, buffer(given), data);
}

/**
 * Derive the four safety words as indexes in the list: 11 bits each of the first 44.
 * @param {import("./hkdf.js").KeyMaterial} root the space key
 * @param {Uint8Array} one a member's id
 * @param {Uint8Array} other the other's
 * @param {Uint8Array} space
 * @returns {Promise<number[]>} four numbers below 2048
 */
export async function safetyIndexes(root, one, other, space) {
  const [lower, higher] = inOrder(one, other);
  const salt = await sha256(concat(lower, higher, space));
  const bytes = await hkdf(root, salt, "ss/v1/space/words", 6);
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, "0")).join("");
  return [0, 11, 22, 33].map((at) => parseInt(bits.slice(at, at + 11), 2));
}

/**
 * @param {Uint8Array} a
 * @param {Uint8Array} b
 * @returns {[Uint8Array, Uint8Array]}
 */
function inOrder(a, b) {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 || (a[at] ?? 0) < (b[at] ?? 0) ? [a, b] : [b, a];
}
