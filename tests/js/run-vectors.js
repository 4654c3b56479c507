/**
 * Runs every vector, must-fail ones included, in the importing environment: Node or a real browser.
 */

import { argon2id } from "../../static/js/crypto/argon2.js";
import { answerKey, answerRef, questionId } from "../../static/js/crypto/answer.js";
import { checkTag, makeTag } from "../../static/js/crypto/author-tag.js";
import {
  toBase64Url,
  concat,
  equal,
  hex,
  sha256,
  fromBase64Url,
  unhex,
  utf8,
} from "../../static/js/crypto/bytes.js";
import { aad, CannotOpenError, open, seal } from "../../static/js/crypto/envelope.js";
import {
  nextHead,
  startHead,
  unknownLeaf,
  writeLeaf,
} from "../../static/js/crypto/history-chain.js";
import { hkdf, hmacSubkey, subkey } from "../../static/js/crypto/hkdf.js";
import { checkProof, inviteKeys, proof, safetyIndexes } from "../../static/js/crypto/invite.js";
import { KINDS } from "../../static/js/crypto/kinds.js";
import { padme } from "../../static/js/crypto/padme.js";
import {
  PrfUnavailableError,
  passkeyKek,
  unwrapFromPasskey,
  wrapForPasskey,
} from "../../static/js/crypto/passkey.js";
import { kdfSalt, normalise, passwordKeys } from "../../static/js/crypto/password.js";
import { decode, encode, recoveryKeys } from "../../static/js/crypto/recovery.js";

const NOTHING = new Uint8Array(0);

/**
 * @param {any} vectors the parsed vectors.json
 * @returns {Promise<{ passed: number, failed: string[] }>}
 */
export async function runVectors(vectors) {
  /** @type {string[]} */
  const failed = [];
  let passed = 0;
  /**
   * @param {string} name
   * @param {boolean} right
   */
  const check = (name, right) => (right ? passed++ : failed.push(name));
  /**
   * @param {string} name
   * @param {Uint8Array} found
   * @param {string} wanted
   */
  const same = (name, found, wanted) => check(name, hex(found) === wanted);
  const { inputs } = vectors;
  const bytes = Object.fromEntries(
    Object.entries(inputs).map(([name, text]) => [
      name,
      name.endsWith("Id") || /^[0-9a-f]+$/.test(String(text)) ? safely(String(text)) : NOTHING,
    ]),
  );
  const of = (/** @type {string} */ name) => bytes[name] ?? NOTHING;

  await login(vectors.login, same);
  await recovery(vectors.recovery, of("recoverySecret"), same, check);
  for (const [label, wanted] of Object.entries(vectors.subkeys)) {
    const root = label.startsWith("acct") ? of("AK") : of("SK");
    same(label, await hkdf(root, NOTHING, `ss/v1/${label}`, 32), String(wanted));
  }

  await passkey(vectors, of("prf"), of("credentialId"), of("account"), same, check);

  const invite = await inviteKeys(of("inviteSecret"), of("inviteId"));
  same("invite kek", invite.kek, vectors.invite.kek);
  same("invite auth", invite.auth, vectors.invite.auth);
  const member = await hmacSubkey(of("SK"), "ss/v1/space/member");
  const made = await proof(member, of("inviteId"), of("account"), of("partner"));
  same("proof", made, vectors.invite.proof);
  check(
    "proof is checked",
    await checkProof(member, of("inviteId"), of("account"), of("partner"), made),
  );
  check(
    "another's proof",
    !(await checkProof(member, of("inviteId"), of("partner"), of("account"), made)),
  );
  for (const [one, other] of [
    ["account", "partner"],
    ["partner", "account"],
  ]) {
    const indexes = await safetyIndexes(of("SK"), of(one ?? ""), of(other ?? ""), of("space"));
    check("safety words", String(indexes) === String(vectors.safetyWords.indexes));
  }

  const question = await questionId(inputs.questionStableId);
  same("question", question, inputs.questionId);
  const ref = await answerRef(of("SK"), question);
  same("ref", ref, vectors.answer.ref);
  const answers = await subkey(of("SK"), "ss/v1/space/answer");
  const key = await answerKey(answers, of("share"), ref, of("account"));
  const boxed = vectors.seal.find((/** @type {any} */ one) => one.keyName === "answer K");
  await open(key, boxed.kind, fieldsOf(boxed), unhex(boxed.box)).then(
    () => check("answer key", true),
    () => check("answer key", false),
  );

  for (const [length, wanted] of Object.entries(vectors.padme)) {
    check(`padme ${length}`, padme(Number(length)) === wanted);
  }
  for (const vector of vectors.seal) await sealed(vector, same, check);
  for (const change of vectors.mustFail) {
    check(`must fail: ${JSON.stringify(change)}`, await refuses(vectors, change));
  }
  await tagged(vectors, of("AK"), same, check);
  await chained(vectors.chain, same);
  spelled(check);
  return { passed, failed };
}

/** @param {string} text */
function safely(text) {
  try {
    return unhex(text);
  } catch {
    return NOTHING;
  }
}

/**
 * @param {any} vector
 * @param {(what: string, found: Uint8Array, wanted: string) => void} same
 */
async function login(vector, same) {
  const salt = await kdfSalt(vector.login, unhex(vector.seed));
  same("kdf salt", salt, vector.kdfSalt);
  const root = await argon2id(utf8(normalise(vector.password)), salt);
  same("root", root, vector.root);
  const { authKey, wrapKey } = await passwordKeys(root);
  same("authKey", authKey, vector.authKey);
  same("wrapKey", wrapKey, vector.wrapKey);
}

/**
 * @param {any} vector
 * @param {Uint8Array} secret
 * @param {(what: string, found: Uint8Array, wanted: string) => void} same
 * @param {(what: string, right: boolean) => void} check
 */
async function recovery(vector, secret, same, check) {
  check("sheet", (await encode(secret)) === vector.code);
  check("sheet read", equal(await decode(vector.code.toLowerCase().replaceAll("-", " ")), secret));
  const { kek, auth } = await recoveryKeys(secret);
  same("recovery kek", kek, vector.recoveryKEK);
  same("recovery auth", auth, vector.recoveryAuth);
}

/**
 * @param {any} vectors
 * @param {Uint8Array} prf
 * @param {Uint8Array} credentialId
 * @param {Uint8Array} account
 * @param {(what: string, found: Uint8Array, wanted: string) => void} same
 * @param {(what: string, right: boolean) => void} check
 */
async function passkey(vectors, prf, credentialId, account, same, check) {
  const kek = await passkeyKek(prf, credentialId);
  same("passkey kek", kek, vectors.passkey.kek);
  const boxed = vectors.seal.find((/** @type {any} */ one) => one.kind === 0x03);
  const opened = await unwrapFromPasskey(kek, account, credentialId, unhex(boxed.box));
  same("passkey wrap opens", opened, boxed.body);
  const again = await wrapForPasskey(kek, account, credentialId, opened);
  same("passkey wrap", await unwrapFromPasskey(kek, account, credentialId, again), boxed.body);
  const other = Uint8Array.of(...credentialId, 0);
  const refused = await unwrapFromPasskey(kek, account, other, again).catch((error) => error);
  check("another passkey", refused instanceof CannotOpenError);
  for (const bad of [null, NOTHING, prf.slice(1), Uint8Array.of(...prf, 0), new Uint8Array(32)]) {
    const why = await passkeyKek(bad, credentialId).catch((error) => error);
    check(`a PRF of ${bad?.length}`, why instanceof PrfUnavailableError);
  }
}

/** @param {any} vector */
function fieldsOf(vector) {
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
async function sealed(vector, same, check) {
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
async function refuses(vectors, change) {
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
async function tagged(vectors, accountKey, same, check) {
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

/**
 * Every length is decoded to the same bytes, and has exactly one encoding.
 * @param {(what: string, right: boolean) => void} check
 */
function spelled(check) {
  const all = Uint8Array.from({ length: 256 }, (_, byte) => 255 - byte);
  for (const length of [0, 1, 2, 3, 4, 5, 255, 256]) {
    const bytes = all.subarray(0, length);
    check(`${length} bytes spelled`, hex(fromBase64Url(toBase64Url(bytes), length)) === hex(bytes));
  }
  for (const text of [
    "A",
    "AB",
    "AAB",
    "AA==",
    "AAA=",
    "AA A",
    "AAA\n",
    "AAAA    ",
    "AAAA AA",
    " AAA",
    "A A A A ",
    "AA+A",
    "AA/A",
    "ÅAAA",
    "AAAAA",
  ]) {
    let refused = false;
    try {
      fromBase64Url(text);
    } catch (error) {
      refused = error instanceof TypeError;
    }
    check(`another spelling: ${JSON.stringify(text)}`, refused);
  }
}

/**
 * The chain over a journal's writes.
 * @param {any} chain
 * @param {(what: string, found: Uint8Array, wanted: string) => void} same
 */
async function chained({ journal: name, boxes, histories }, same) {
  const journal = unhex(name);
  for (const { start, head: first, writes } of histories) {
    let head = await startHead(journal, start);
    same(`head(${start})`, head, first);
    for (const { place, id, author, rev, box, unknown, leaf: wanted, head: after } of writes) {
      const hash = box ? unhex(boxes[box]) : null;
      const leaf = unknown
        ? await unknownLeaf(journal, place)
        : await writeLeaf(journal, place, { entry: unhex(id), author: unhex(author), rev, hash });
      head = await nextHead(head, leaf);
      same(`leaf(${place})`, leaf, wanted);
      same(`head(${place})`, head, after);
    }
  }
}
