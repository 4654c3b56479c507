/**
 * The envelope: one sealed format for everything (protocol §5). AES-256-GCM (NIST SP 800-38D) with
 * a key, a nonce and a key commitment derived from a fresh random salt. `open` throws
 * CannotOpenError for every kind of rejection: another version, suite, kind or epoch than the
 * caller expects; a length under 92 bytes, over the kind's cap, or other than 124 for a wrapped
 * key; another key, scope, record, author, revision or context; any changed byte; and padding that
 * is not zeros to exactly the length that sealing would have chosen.
 */

import { u32, u64 } from "./big-endian.js";
import { buffer, concat, equal, fromUtf8, randomBytes, utf8 } from "./bytes.js";
import { hkdf } from "./hkdf.js";
import { kindOf, WRAP_BYTES } from "./kinds.js";
import { pad, paddedLength, unpad } from "./padme.js";

const VERSION = 0x01;
const SUITE = 0x01;
const EPOCH = 1;
const HEADER = 8;
const SALT = 32;
const COMMIT = 32;
const PREFIX_BYTES = HEADER + SALT + COMMIT;
const MIN_BOX_BYTES = PREFIX_BYTES + 4 + 16;
const NO_CONTEXT = new Uint8Array(32);
const DOCUMENT = 1;
const AAD_LABEL = utf8("ss/v1/aad");
const SEAL_LABEL = utf8("ss/v1/seal");
/** @type {Map<number, Uint8Array>} */
const HEADERS = new Map(); // cached, because ten thousand entries ask for them often
/** @type {Map<number, Uint8Array>} */
const INFOS = new Map();
/** @type {Map<number, Uint8Array>} */
const FRONTS = new Map();

/**
 * The context that a box is bound to: it cannot be opened in any other.
 * @typedef {{
 *   scopeId: Uint8Array, recordId: Uint8Array, authorId: Uint8Array, rev: number,
 *   context?: Uint8Array, alone?: boolean,
 * }} Fields ids of 16 bytes, context of 32 (zeros when left out)
 */

/** The box does not open in this context. Deliberately gives no reason. */
export class CannotOpenError extends Error {
  /** @override */
  name = "CannotOpen";
  error = "cannot-open";
}

/** The box opens, but a newer release wrote its content. The box is stored unchanged. */
export class NewerVersionError extends Error {
  /** @override */
  name = "NewerVersion";
  error = "newer";
}

/**
 * @param {number} kind
 * @returns {Uint8Array} 8 bytes
 */
function header(kind) {
  const made = HEADERS.get(kind) ?? concat(new Uint8Array([VERSION, SUITE, kind, 0]), u32(EPOCH));
  HEADERS.set(kind, made);
  return made;
}

/**
 * The beginning of the associated data, common to all boxes of a kind and scope.
 * @param {number} kind
 * @param {number} scope
 * @returns {Uint8Array}
 */
function frontOf(kind, scope) {
  const made =
    FRONTS.get(kind * 256 + scope) ?? concat(AAD_LABEL, header(kind), new Uint8Array([scope]));
  FRONTS.set(kind * 256 + scope, made);
  return made;
}

/**
 * The HKDF info of a kind.
 * @param {number} kind
 * @returns {Uint8Array}
 */
function infoOf(kind) {
  const made = INFOS.get(kind) ?? concat(SEAL_LABEL, new Uint8Array([SUITE, kind]));
  INFOS.set(kind, made);
  return made;
}

/**
 * Build the associated data, which is authenticated together with the ciphertext.
 * @param {number} kind
 * @param {Fields} fields
 * @returns {Uint8Array} 106 bytes
 */
export function aad(kind, { scopeId, recordId, authorId, rev, context = NO_CONTEXT, alone }) {
  for (const id of [scopeId, recordId, authorId]) {
    if (id.length !== 16) throw new TypeError("an id has 16 bytes");
  }
  if (context.length !== 32) throw new TypeError("a context has 32 bytes");
  const scope = kindOf(kind, alone).scope;
  return concat(frontOf(kind, scope), scopeId, recordId, authorId, u64(rev), context);
}

/**
 * @param {import("./hkdf.js").KeyMaterial} key
 * @param {number} kind
 * @param {Uint8Array} salt
 */
async function derive(key, kind, salt) {
  const okm = await hkdf(key, salt, infoOf(kind), 76);
  const raw = okm.subarray(0, 32);
  const algorithm = "AES-GCM";
  const enc = await crypto.subtle.importKey("raw", buffer(raw), algorithm, false, [
    "encrypt",
    "decrypt",
  ]);
  raw.fill(0);
  return { enc, commit: okm.subarray(32, 64), nonce: okm.subarray(64, 76) };
}

/**
 * Seal a body.
 * @param {import("./hkdf.js").KeyMaterial} key 32 bytes
 * @param {number} kind
 * @param {Fields} fields
 * @param {Uint8Array} body the plaintext; 32 bytes for a wrapped key
 * @param {{ salt?: Uint8Array }} [fixed] only for test vectors
 * @returns {Promise<Uint8Array>} the box
 * @throws {RangeError} if the box would exceed the kind's cap
 */
export async function seal(key, kind, fields, body, { salt = randomBytes(SALT) } = {}) {
  const { floor, cap, wrap } = kindOf(kind, fields.alone);
  if (wrap && body.length !== 32) throw new TypeError("a wrapped key has 32 bytes");
  const plain = pad(body, floor);
  if (PREFIX_BYTES + plain.length + 16 > cap) throw new TooLargeError();
  const { enc, commit, nonce } = await derive(key, kind, salt);
  const additionalData = buffer(aad(kind, fields));
  const algorithm = { name: "AES-GCM", iv: buffer(nonce), additionalData };
  const sealed = await crypto.subtle.encrypt(algorithm, enc, buffer(plain));
  plain.fill(0);
  return concat(header(kind), salt, commit, new Uint8Array(sealed));
}

/**
 * Whether a document fits its kind, measured in bytes of UTF-8 as when it is sealed.
 * @param {number} kind
 * @param {Record<string, any>} document without `v`
 */
export function fits(kind, document) {
  const { floor, cap } = kindOf(kind);
  const { length } = utf8(JSON.stringify({ v: DOCUMENT, ...document }));
  return PREFIX_BYTES + paddedLength(length, floor) + 16 <= cap;
}

/** A body that exceeds the cap of its kind. */
export class TooLargeError extends RangeError {
  error = "too_large";
}

/**
 * Open a box in the context that the caller expects.
 * @param {import("./hkdf.js").KeyMaterial} key
 * @param {number} kind
 * @param {Fields} fields
 * @param {Uint8Array} box
 * @returns {Promise<Uint8Array>} the body
 * @throws {CannotOpenError}
 */
export async function open(key, kind, fields, box) {
  const { floor, cap, wrap } = kindOf(kind, fields.alone);
  if (box.length < MIN_BOX_BYTES || box.length > cap || (wrap && box.length !== WRAP_BYTES)) {
    throw new CannotOpenError();
  }
  if (!equal(box.subarray(0, HEADER), header(kind))) throw new CannotOpenError();
  const salt = box.subarray(HEADER, HEADER + SALT);
  const { enc, commit, nonce } = await derive(key, kind, salt);
  if (!equal(commit, box.subarray(HEADER + SALT, PREFIX_BYTES))) throw new CannotOpenError();
  const additionalData = buffer(aad(kind, fields));
  const algorithm = { name: "AES-GCM", iv: buffer(nonce), additionalData };
  const plain = await crypto.subtle
    .decrypt(algorithm, enc, buffer(box.subarray(PREFIX_BYTES)))
    .catch(() => null);
  const body = plain && unpad(new Uint8Array(plain), floor);
  if (!body || (wrap && body.length !== 32)) throw new CannotOpenError();
  return body;
}

/**
 * Seal a document `{ v: 1, type, at, … }`.
 * @param {import("./hkdf.js").KeyMaterial} key
 * @param {number} kind
 * @param {Fields} fields
 * @param {Record<string, any>} document without `v`
 * @returns {Promise<Uint8Array>}
 */
export function sealJson(key, kind, fields, document) {
  return seal(key, kind, fields, utf8(JSON.stringify({ v: DOCUMENT, ...document })));
}

/**
 * Open a document.
 * @param {import("./hkdf.js").KeyMaterial} key
 * @param {number} kind
 * @param {Fields} fields
 * @param {Uint8Array} box
 * @returns {Promise<Record<string, any>>}
 * @throws {CannotOpenError | NewerVersionError}
 */
export async function openJson(key, kind, fields, box) {
  const body = await open(key, kind, fields, box);
  let document;
  try {
    document = JSON.parse(fromUtf8(body));
  } catch {
    throw new CannotOpenError();
  }
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new CannotOpenError();
  }
  if (document.v !== DOCUMENT) throw new NewerVersionError();
  return document;
}
