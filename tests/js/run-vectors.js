/**
 * Runs every vector, must-fail ones included, in the importing environment: Node or a real browser.
 */

import { argon2id } from "../../static/js/crypto/argon2.js";
import { answerKey, answerRef, questionId } from "../../static/js/crypto/answer.js";
import {
  toBase64Url,
  equal,
  hex,
  fromBase64Url,
  unhex,
  utf8,
} from "../../static/js/crypto/bytes.js";
import { CannotOpenError, open } from "../../static/js/crypto/envelope.js";
import {
  nextHead,
  startHead,
  unknownLeaf,
  writeLeaf,
} from "../../static/js/crypto/history-chain.js";
import { hkdf, hmacSubkey, subkey } from "../../static/js/crypto/hkdf.js";
import { checkProof, inviteKeys, proof, safetyIndexes } from "../../static/js/crypto/invite.js";
import { padme } from "../../static/js/crypto/padme.js";
import {
  PrfUnavailableError,
  passkeyKek,
  unwrapFromPasskey,
  wrapForPasskey,
} from "../../static/js/crypto/passkey.js";
import { kdfSalt, normalise, passwordKeys } from "../../static/js/crypto/password.js";
import { decode, encode, recoveryKeys } from "../../static/js/crypto/recovery.js";
import { fieldsOf, refuses, sealed, tagged } from "./vector-boxes.js";

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
