/** The kinds of box (protocol §5). A number is never reused for another kind. */

const KIB = 1024;
const MIB = 1024 * KIB;
export const WRAP_BYTES = 124; // a 32-byte key, sealed
const LOCAL_CAP = 16 * MIB; // boxes that never leave the device have no cap in the protocol

const ACCOUNT = 1;
const SPACE = 2;
const INVITATION = 3;
const RECOVERY = 4;
const PASSKEY = 5;

/** What a box holds (protocol §5). A number is never reused for another kind. */
export const Kind = Object.freeze({
  PASSWORD_WRAP: 0x01,
  RECOVERY_WRAP: 0x02,
  PASSKEY_WRAP: 0x03,
  INVITATION_WRAP: 0x04,
  SPACE_WRAP: 0x05,
  PRIVATE_ENTRY: 0x10,
  PRIVATE_FILE: 0x11,
  LOCAL: 0x12,
  PIN: 0x13,
  SHARED_ENTRY: 0x20,
  SHARED_FILE: 0x21,
  ANSWER: 0x22,
  CANDLE_WORDS: 0x23,
  SIGNAL: 0x24,
  LIVE: 0x25,
});

/** @typedef {{ scope: number, floor: number, cap: number, wrap: boolean }} BoxKind */

/**
 * @param {number} scope
 * @returns {BoxKind}
 */
const wrap = (scope) => ({ scope, floor: 0, cap: WRAP_BYTES, wrap: true });
/**
 * @param {number} scope
 * @param {number} floor
 * @param {number} cap
 * @returns {BoxKind}
 */
const kind = (scope, floor, cap) => ({ scope, floor, cap, wrap: false });

/** @type {Readonly<Record<number, BoxKind>>} */
export const KINDS = Object.freeze({
  [Kind.PASSWORD_WRAP]: wrap(ACCOUNT),
  [Kind.RECOVERY_WRAP]: wrap(RECOVERY),
  [Kind.PASSKEY_WRAP]: wrap(PASSKEY),
  [Kind.INVITATION_WRAP]: wrap(INVITATION),
  [Kind.SPACE_WRAP]: wrap(SPACE),
  [Kind.PRIVATE_ENTRY]: kind(ACCOUNT, KIB, MIB),
  [Kind.PRIVATE_FILE]: kind(ACCOUNT, 64 * KIB, 9 * MIB),
  [Kind.LOCAL]: kind(ACCOUNT, KIB, LOCAL_CAP),
  [Kind.PIN]: kind(ACCOUNT, KIB, 64 * KIB),
  [Kind.SHARED_ENTRY]: kind(SPACE, KIB, MIB),
  [Kind.SHARED_FILE]: kind(SPACE, 64 * KIB, 9 * MIB),
  [Kind.ANSWER]: kind(SPACE, KIB, 2 * MIB),
  [Kind.CANDLE_WORDS]: kind(SPACE, KIB, 8 * KIB),
  [Kind.SIGNAL]: kind(SPACE, KIB, 8 * KIB),
  [Kind.LIVE]: kind(SPACE, 256, 344),
});

/**
 * @param {number} number
 * @param {boolean} alone kind 23 without a partner belongs to the account
 * @returns {BoxKind}
 */
export function kindOf(number, alone = false) {
  const found = KINDS[number];
  if (!found) throw new TypeError("no such kind");
  return alone && number === Kind.CANDLE_WORDS ? { ...found, scope: ACCOUNT } : found;
}
