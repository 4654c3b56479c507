/** The vectors of boxes: what is sealed, what must not open, and the tags of authors. */

import { checkTag, makeTag } from "../../static/js/crypto/author-tag.js";
import { concat, equal, sha256, unhex } from "../../static/js/crypto/bytes.js";
import { aad, CannotOpenError, open, seal } from "../../static/js/crypto/envelope.js";
import { hmacSubkey } from "../../static/js/crypto/hkdf.js";
import { KINDS } from "../../static/js/crypto/kinds.js";

/** @param {any} vector */
export function fieldsOf(vector) {
  return {
    scopeId: unhex(vector.scopeId),
    recordId: unhex(vector.recordId),
    authorId: unhex(vector.authorId),
    rev: vector.rev,
    context: unhex(vector.context),
  };
}

/**
 * @param {any} vector
 * @returns {Uint8Array}
 */
function bodyOf(vector) {
  if (vector.body !== null) return unhex(vector.body);
  const row = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  return concat(...Array.from({ length: 300 }, () => row));
}

/**
 * @param {any} vector
 * @param {(what: string, found: Uint8Array, wanted: string) => void} same
 * @param {(what: string, right: boolean) => void} check
 */
export async function sealed(vector, same, check) {
  const name = `kind ${vector.kind} rev ${vector.rev}`;
  const key = unhex(vector.key);
  const salt = unhex(vector.envelopeSalt);
  const body = bodyOf(vector);
  const box = await seal(key, vector.kind, fieldsOf(vector), body, { salt });
  check(`${name} scope`, KINDS[vector.kind]?.scope === vector.scopeType);
  check(`${name} length`, box.length === vector.boxLength);
  same(`${name} hash`, await sha256(box), vector.boxSha256);
  if (vector.box) same(`${name} box`, box, vector.box);
  check(`${name} opens`, equal(await open(key, vector.kind, fieldsOf(vector), box), body));
}

/**
 * @param {any} vectors
 * @param {any} change
 * @returns {Promise<boolean>}
 */
export async function refuses(vectors, change) {
  let vector = vectors.seal[change.of];
  // the scope follows from the kind; only words under a candle have two
  if (change.change === "scopeType=1") {
    vector = vectors.seal.find((/** @type {any} */ one) => one.kind === 0x23);
  }
  let box = unhex(vector.box);
  let key = unhex(vector.key);
  let { kind } = vector;
  /** @type {import("../../static/js/crypto/envelope.js").Fields} */
  const fields = fieldsOf(vector);
  if (change.flipByte !== undefined) box[change.flipByte] = (box[change.flipByte] ?? 0) ^ 1;
  else if (change.change === "scopeType=1") fields.alone = true;
  else if (change.change === "scopeId=00*16") fields.scopeId = new Uint8Array(16);
  else if (change.change === "recordId=00*16") fields.recordId = new Uint8Array(16);
  else if (change.change === "authorId=03*16") fields.authorId = new Uint8Array(16).fill(3);
  else if (change.change === "rev=8") fields.rev = 8;
  else if (change.change === "context=01*32") fields.context = new Uint8Array(32).fill(1);
  else if (change.change === "epoch=2") box[7] = 2;
  else if (change.change === "kind=0x10") kind = 0x10;
  else if (change.change === "key=00*32") key = new Uint8Array(32);
  else if (change.change === "drop last byte") box = box.slice(0, -1);
  else if (change.change === "length 91") box = box.slice(0, 91);
  else return false;
  return open(key, kind, fields, box).then(
    () => false,
    (error) => error instanceof CannotOpenError,
  );
}

/**
 * @param {any} vectors
 * @param {Uint8Array} accountKey
 * @param {(what: string, found: Uint8Array, wanted: string) => void} same
 * @param {(what: string, right: boolean) => void} check
 */
export async function tagged(vectors, accountKey, same, check) {
  const vector = vectors.seal[vectors.authorTag.of];
  const key = await hmacSubkey(accountKey, "ss/v1/acct/author-tag");
  const extra = aad(vector.kind, fieldsOf(vector));
  check("aad", extra.length === 106);
  const tag = await makeTag(key, extra, unhex(vector.box));
  same("author tag", tag, vectors.authorTag.tag);
  check("tag is checked", await checkTag(key, extra, unhex(vector.box), tag));
  tag[0] = (tag[0] ?? 0) ^ 1;
  check("another tag", !(await checkTag(key, extra, unhex(vector.box), tag)));
}
